"""Durations and expectations of scenarios, read in one way for SpiffWorkflow."""
import datetime as dt
import re

ISO = re.compile(r'^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?'
                 r'(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$')


def duration(text):
    m = ISO.match(text)
    if not m:
        raise ValueError(f'not a duration: {text}')
    y, mo, w, d, h, mi, s = (float(x or 0) for x in m.groups())
    return dt.timedelta(days=y * 365 + mo * 30 + w * 7 + d, hours=h, minutes=mi, seconds=s)


def unmet(expect, done, ends, elapsed):
    """Why a run is not what the scenario expects. done: ids in order; elapsed: timedelta."""
    wanted = expect['ends']
    out = [f'end {e} was not reached (reached: {", ".join(ends) or "none"})' for e in wanted if e not in ends]
    if expect.get('onlyEnds'):
        out += [f'end {e} was reached, not expected' for e in ends if e not in wanted]
    out += [f'{i} was not done' for i in expect.get('visited', []) if i not in done]
    out += [f'{i} was done, not expected' for i in expect.get('notVisited', []) if i in done]
    out += [f'{i} was done {done.count(i)} times, expected {n}' for i, n in expect.get('count', {}).items() if done.count(i) != n]
    if 'elapsed' in expect and abs((elapsed - duration(expect['elapsed'])).total_seconds()) > 0.1:
        out.append(f'took {days(elapsed)} days, expected {days(duration(expect["elapsed"]))}')
    return out


def miscounted(instances):
    """Where another number of instances of a task began than the scenario says. instances: id -> [(begun, said)], a visit each."""
    return [f'{i} began {begun} instances, expected {said}' for i, visits in instances.items() for begun, said in visits if begun != said]


def days(delta):
    return f'{delta.total_seconds() / 86400:g}'
