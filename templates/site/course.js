// Where a case goes: the path through the process on which no time runs out, and the dates that are promised on it.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  /** A limit of one case; null where it does not apply, or promises nothing yet. Throws what is open. */
  function promise(limit, at, state, asOf) {
    if (!limit.limit || !thutuc.isValid(limit, asOf) || !thutuc.must(limit.when, state)) return null;
    const { value, whens, added } = thutuc.pick(limit.limit, state);
    const base = value?.value;
    // What runs to or from an event of the applicant's own binds the applicant.
    if (!base || ["at-least", "window", "after"].includes(base.kind)) return null;
    const told = { at, limit, whens: limit.when ? [limit.when, ...whens] : whens, basis: value.basis };
    if (base.kind !== "duration" && base.kind !== "at-most") return { ...told, whole: base, text: value.text };
    const lengths = [{ n: base.n, d: base.d, unit: base.unit }];
    for (const more of added) {
      if (more.value?.kind !== "duration") return null;
      const same = lengths.findIndex(known => known.unit === more.value.unit);
      if (same < 0) lengths.push(more.value);
      else lengths[same] = thutuc.addLengths(lengths[same], more.value);
    }
    return { ...told, lengths };
  }

  thutuc.promises = (rules, state, asOf) =>
    rules.limits.map((limit, at) => promise(limit, at, state, asOf)).filter(one => one !== null);

  /** The moves of one path: what takes time, what is waited for, where limits begin and must be kept. */
  class Path {
    constructor(rules, state, asOf) {
      Object.assign(this, { rules, state, moves: [], steps: [], ending: "done", timed: true });
      this.promises = thutuc.promises(rules, state, asOf);
      this.started = new Set(this.promises.filter(one => one.limit.from_receipt).map(one => one.at));
      for (const at of this.started) this.moves.push({ start: at });
      this.nodes(rules.process);
      for (const one of this.promises) if (one.limit.at_end) this.moves.push({ keep: one.at });
    }
    has(at) {
      return this.promises.some(one => one.at === at);
    }
    applies(node) {
      return thutuc.must(node.when, this.state);
    }

    /** Follows nodes; false where the path ended among them. */
    nodes(nodes) {
      return nodes.every(node => this[node.kind](node));
    }
    choice(node) {
      const [taken, left] = this.applies(node) ? [node.then, node.else] : [node.else, node.then];
      this.skip(left ?? []);
      return this.nodes(taken ?? []);
    }
    parallel(node) {
      const outer = this.moves;
      let goesOn = node.branches.length === 0;
      const fork = node.branches.map(branch => {
        this.moves = [];
        goesOn = this.nodes(branch) || goesOn;
        return this.moves;
      });
      this.moves = outer;
      this.moves.push({ fork });
      return goesOn;
    }
    stage(node) {
      if (!this.applies(node)) {
        this.skip(node.nodes);
        return true;
      }
      const time = node.time && this.time(node.time);
      const budget = time?.kind === "for" ? time : undefined;
      const before = this.timed;
      this.timed = true;
      if (budget) this.moves.push({ enter: budget });
      const goesOn = this.nodes(node.nodes);
      const inside = this.timed;
      if (budget) this.moves.push({ leave: true, usesAll: !inside });
      // Steps that share a budget need no time of their own.
      this.timed = before && (inside || budget !== undefined);
      for (const at of node.keeps ?? []) if (this.has(at)) this.moves.push({ keep: at });
      this.begin(node.begins);
      return goesOn;
    }
    step(node) {
      if (!this.applies(node)) {
        this.begin(node.skipped_begins);
        return true;
      }
      this.steps.push(node);
      if (node.performs) {
        const goesOn = this.nodes(node.performs);
        this.begin(node.begins);
        return goesOn;
      }
      this.takesTime(node);
      if (node.accept) this.moves.push({ work: node, time: node.accept });
      if (node.clock) this.moves.push({ supplement: node.clock, step: node });
      this.begin(node.begins);
      if (node.act !== "refuse" && node.act !== "stop-on-request") return true;
      this.ending = node.act === "refuse" ? "refused" : "stopped";
      return false;
    }

    takesTime(node) {
      const time = node.time && this.time(node.time);
      const limit = time?.kind === "limit" || time?.kind === "common-limit" ? this.limitOf(time) : undefined;
      if (time?.kind === "for") this.moves.push({ work: node, time });
      else if (time?.kind === "wait") this.moves.push({ wait: node, time: time.unit ? time : undefined });
      else if (time?.kind === "same-day") this.moves.push({ day: node });
      else if (limit !== undefined) this.moves.push({ until: node, promise: limit });
      else this.moves.push({ work: node });
      if (limit !== undefined && this.rules.limits[limit].by_steps) this.moves.push({ keep: limit });
      if (node.time) return;
      const waits = node.act === "financial-duty" || node.act === "await-applicant";
      this.timed &&= !waits && (node.act === "return-result" || node.act === "archive");
    }
    /** The time that applies with what is added to it; undefined where it is not yet given. */
    time(by) {
      const { value, added } = thutuc.pick(by, this.state);
      const time = value?.value;
      if (time?.kind !== "for" && !(time?.kind === "wait" && time.unit)) return time;
      const fits = added.filter(more => (more.value?.kind === "for" || more.value?.kind === "wait") && more.value.unit === time.unit);
      return fits.reduce((sum, more) => ({ ...sum, ...thutuc.addLengths(sum, more.value) }), time);
    }
    limitOf(time) {
      const named = this.promises.find(one => time.limits?.includes(one.at));
      if (named) return named.at;
      return time.kind === "common-limit" && this.promises.length === 1 ? this.promises[0].at : undefined;
    }
    begin(limits) {
      for (const at of limits ?? []) {
        if (this.has(at) && !this.started.has(at)) {
          this.started.add(at);
          this.moves.push({ start: at });
        }
      }
    }
    /** A step that is skipped counts as completed when it is reached. */
    skip(nodes) {
      for (const node of nodes) {
        if (node.kind === "step") this.begin(node.skipped_begins);
        else if (node.kind === "stage") {
          this.skip(node.nodes);
          this.begin(node.begins);
        } else if (node.kind === "choice") {
          this.skip(node.then);
          this.skip(node.else ?? []);
        } else for (const branch of node.branches) this.skip(branch);
      }
    }
  }

  /** When a limit that is a value of its own ends: within the day, at once, on a day of the calendar. */
  function wholeEnds(calendar, at, limit) {
    const today = calendar.workingDayFrom(at.day);
    if (today === null) return null;
    const close = day => (day === null ? null : calendar.close(day));
    switch (limit.kind) {
      case "same-day": {
        const late = limit.cutoff !== undefined && today === at.day && at.minute > limit.cutoff;
        return close(late ? calendar.workingDayAfter(today, 1) : today);
      }
      case "at-once":
        return close(today);
      case "every-year": {
        const two = number => String(number).padStart(2, "0");
        const on = year => {
          const day = calendar.day(`${year}-${two(limit.month)}-${two(limit.day)}`);
          return day === null ? null : day - (limit.strictly ? 1 : 0);
        };
        const year = Number(calendar.date(at.day).slice(0, 4));
        const now = on(year);
        return close(now !== null && now >= at.day ? now : on(year + 1));
      }
      case "quarter-month":
      case "every-month":
        for (let day = at.day; calendar.has(day); day += 1) {
          const [, month, date] = calendar.date(day).split("-").map(Number);
          if (date === limit.day && (limit.kind === "every-month" || month % 3 === 1)) return close(day);
        }
        return null;
      default:
        return null;
    }
  }

  /** A clock that runs, or a day that is set; `moves` where a wait moves it on. */
  function begin(promise, calendar, at) {
    if (promise.lengths) return { clock: new thutuc.Clock(at, promise.lengths) };
    const due = wholeEnds(calendar, at, promise.whole);
    return due && { due, moves: promise.whole.kind === "same-day" || promise.whole.kind === "at-once" };
  }
  const endOf = (running, calendar) => (running.clock ? running.clock.ends(calendar) : running.due);

  class CalendarEnds extends Error {}
  const there = value => {
    if (value === null || value === undefined || value === false) throw new CalendarEnds();
    return value;
  };

  /** Goes along a path from the moment of receipt. Waits of which nothing is known have not happened. */
  class Run {
    constructor(path, calendar, received, happened) {
      Object.assign(this, { path, calendar, happened, now: received, counted: received });
      Object.assign(this, { running: {}, began: {}, budgets: [], waits: [], taken: [], supplemented: false, waitsForMore: false });
    }
    copy() {
      const own = Object.assign(Object.create(Run.prototype), this);
      own.running = Object.fromEntries(Object.entries(this.running).map(([at, one]) => [at, { ...one, clock: one.clock?.copy() }]));
      own.began = { ...this.began };
      own.budgets = this.budgets.map(one => ({ ...one, clock: one.clock.copy() }));
      own.waits = [...this.waits];
      own.taken = [...this.taken];
      return own;
    }
    due(at) {
      return this.running[at] ? endOf(this.running[at], this.calendar) : null;
    }
    whenDone(step) {
      return this.happened.done.find(one => one.step === step.id)?.at;
    }

    go() {
      try {
        for (const move of this.path.moves) this.one(move);
      } catch (error) {
        if (!(error instanceof CalendarEnds)) throw error;
      }
      return this;
    }
    one(move) {
      const from = this.now;
      if (move.work) {
        const done = this.whenDone(move.work);
        if (done) this.now = thutuc.later(done, from);
        else if (move.time) this.now = there(this.calendar.workEnds(from, move.time));
        this.done(move.work, from);
      } else if (move.day) {
        this.now = thutuc.later(this.calendar.close(there(this.calendar.workingDayFrom(from.day) ?? null)), from);
        this.done(move.day, from);
      } else if (move.until) {
        this.now = thutuc.later(this.due(move.promise) ?? from, from);
        this.done(move.until, from);
      } else if (move.wait) {
        const done = this.whenDone(move.wait);
        this.waitsForMore = done === undefined;
        if (done) this.resume(done);
      } else if (move.supplement) this.supplement(move);
      else if (move.start !== undefined) {
        // What begins after something that has not happened has not begun.
        if (!this.waitsForMore) this.start(move.start, from);
      } else if (move.enter) {
        this.budgets.push({ time: move.enter, since: from, paused: 0, clock: new thutuc.Clock(from, [move.enter]) });
      } else if (move.leave) this.leave(move.usesAll);
      else if (move.keep !== undefined) {
        const due = this.due(move.keep);
        // What comes after does not move it any more.
        if (due) this.running[move.keep] = { due, moves: false };
      } else this.fork(move.fork);
    }

    start(at, from) {
      const promise = this.path.promises.find(one => one.at === at);
      this.running[at] = there(begin(promise, this.calendar, from));
      this.began[at] = from;
    }
    done(step, from) {
      this.counted = this.now;
      this.taken.push({ step, from, until: this.now });
    }
    resume(end) {
      const until = thutuc.later(end, this.now);
      this.pause(this.now, until);
      this.waits.push({ from: this.now, until });
      this.now = until;
    }
    pause(from, to) {
      for (const running of Object.values(this.running)) {
        if (running.clock) there(running.clock.pause(this.calendar, from, to));
        else if (running.moves) running.due = thutuc.later(running.due, this.calendar.close(there(this.calendar.workingDayFrom(to.day))));
      }
      for (const budget of this.budgets) {
        there(budget.clock.pause(this.calendar, from, to));
        budget.paused += this.worked(to) - this.worked(from);
      }
    }
    worked(moment) {
      const worked = this.calendar.worked(moment);
      if (worked === null) throw new CalendarEnds();
      return worked;
    }
    leave(usesAll) {
      const budget = this.budgets.pop();
      if (!budget) return;
      const ends = there(this.budgetEnds(budget));
      const exceeds = thutuc.isAfter(this.counted, ends);
      if (exceeds || (usesAll && thutuc.isAfter(ends, this.now))) this.now = this.counted = ends;
    }
    budgetEnds({ time, since, paused, clock }) {
      if (time.unit !== "working-days" && time.unit !== "working-hours") return clock.ends(this.calendar);
      const end = there(this.calendar.workEnds(since, time));
      return paused === 0 ? end : this.calendar.whenWorked(this.worked(end) + paused);
    }

    /** The branch that ends last decides; what its clocks were stopped for counts for all. */
    fork(branches) {
      const ended = branches.map(moves => {
        const own = this.copy();
        for (const move of moves) own.one(move);
        return own;
      });
      if (ended.length === 0) throw new CalendarEnds();
      const after = (a, b) => thutuc.isAfter(a.counted, b.counted) || (!thutuc.isAfter(b.counted, a.counted) && thutuc.isAfter(a.now, b.now));
      const last = ended.reduce((last, own) => (after(own, last) ? own : last));
      const joined = last.copy();
      for (const own of ended.filter(own => own !== last)) {
        joined.running = { ...own.running, ...joined.running };
        joined.began = { ...own.began, ...joined.began };
        joined.taken.push(...own.taken.slice(this.taken.length));
        joined.waits.push(...own.waits.slice(this.waits.length));
      }
      Object.assign(this, joined);
    }

    supplement({ supplement: effect, step }) {
      const at = this.happened.supplemented;
      if (!at || this.supplemented || !thutuc.isAfter(at, this.now)) return;
      this.supplemented = true;
      if (effect === "suspend") this.resume(at);
      else if (effect === "continue") this.now = this.counted = at;
      else {
        for (const one of this.path.promises) {
          if (this.running[one.at] && one.limit.from_receipt) this.start(one.at, at);
        }
        // The step looks at the file once more, for as long as before.
        const own = this.taken.findLast(one => one.step === step);
        const worked = own ? this.worked(own.until) - this.worked(own.from) : 0;
        this.now = this.counted = worked === 0 ? at : there(this.calendar.whenWorked(this.worked(at) + worked));
      }
    }
  }

  /** The outcomes of a path, by number. */
  function outcomes(rules, path, state) {
    const found = [];
    for (const step of path.steps) {
      if (!step.produces) continue;
      for (const at of thutuc.pick(step.produces, state).value?.value ?? []) {
        if (thutuc.must(rules.outcomes[at].when, state) && !found.includes(at)) found.push(at);
      }
    }
    return found;
  }

  /**
   * Follows a case that is received at a moment, or at none. `happened` tells when steps were done and when the file was
   * supplemented. Throws what is open.
   */
  thutuc.course = (rules, state, asOf, calendar, received, happened) => {
    if (!rules.process) {
      // Where nothing else is said, a file that had to be supplemented starts anew.
      const from = happened.supplemented ?? received;
      const dates = thutuc.promises(rules, state, asOf).map(promise => {
        const starts = from && promise.limit.from_receipt ? from : null;
        const running = starts && begin(promise, calendar, starts);
        return { promise, starts, due: running ? endOf(running, calendar) : null };
      });
      return { dates, waits: [] };
    }
    const path = new Path(rules, state, asOf);
    const run = received ? new Run(path, calendar, received, happened).go() : null;
    const dates = path.promises.map(promise => ({ promise, starts: run?.began[promise.at] ?? null, due: run?.due(promise.at) ?? null }));
    return { dates, path, waits: run?.waits ?? [], ending: path.ending, outcomes: outcomes(rules, path, state) };
  };
})(globalThis.thutuc);
