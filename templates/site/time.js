// Working time: which days and minutes state agencies work, and when a limit ends (Civil Code 2015, arts 144 to 148).
//
// A moment is `{ day, minute }`: days are counted from the first of the calendar, minutes from midnight. A length of time is
// `{ n, d, unit }`. What lies beyond the calendar is null, never a guess.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  const A_DAY = 1440;
  const MS = 86_400_000;
  const ceil = (n, d) => Math.ceil(n / d);
  const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

  /** `n` over `d` units, in lowest terms. */
  function length(n, d, unit) {
    const by = gcd(Math.abs(n), d) || 1;
    return { n: n / by, d: d / by, unit };
  }
  const d = time => time.d ?? 1;

  thutuc.later = (a, b) => (a.day > b.day || (a.day === b.day && a.minute > b.minute) ? a : b);
  thutuc.isAfter = (a, b) => a.day > b.day || (a.day === b.day && a.minute > b.minute);

  class Calendar {
    /** `days` are those of `calendar.js`, `office` the hours of one office. */
    constructor(days, office) {
      Object.assign(this, { letters: days.days, reasons: days.reasons, why: days.why, office });
      this.first = Date.parse(days.first) / MS;
      this.before = [0];
      this.working = [];
      for (let day = 0; day < this.letters.length; day += 1) {
        if (this.isWorking(day)) this.working.push(day);
        this.before.push(this.working.length);
      }
      this.minutesADay = office.shifts.reduce((sum, [from, until]) => sum + until - from, 0);
    }

    has(day) {
      return day >= 0 && day < this.letters.length;
    }
    isWorking(day) {
      return "wsWS12".includes(this.letters[day] ?? "-");
    }
    isWeeklyRest(day) {
      return "rR3".includes(this.letters[day] ?? "-");
    }
    /** 0 official, 1 announced but not confirmed, 2 computed from the Labour Code. */
    known(day) {
      const letter = this.letters[day];
      return "1234".includes(letter) ? 2 : letter === letter.toUpperCase() ? 1 : 0;
    }
    /** Why a day is off or worked, as the register says it. */
    reason(day) {
      return this.reasons[this.why[day]];
    }
    /** How sure the least sure day is, both ends included; a rest day stays one whatever an announcement says. */
    knownBetween(from, to) {
      let most = -1;
      for (let day = Math.max(from, 0); day <= to; day += 1) {
        if (!this.has(day)) return 2;
        if (this.known(day) === 2 || !this.isWeeklyRest(day)) most = Math.max(most, this.known(day));
      }
      return most < 0 ? 2 : most;
    }

    day(date) {
      const day = Date.parse(date) / MS - this.first;
      return this.has(day) ? day : null;
    }
    date(day) {
      return new Date((day + this.first) * MS).toISOString().slice(0, 10);
    }
    open(day) {
      return { day, minute: this.office.shifts[0]?.[0] ?? 0 };
    }
    close(day) {
      return { day, minute: this.office.shifts.at(-1)?.[1] ?? A_DAY };
    }

    /** The `count`th working day after a day. */
    workingDayAfter(day, count) {
      const done = this.before[day + 1];
      return done === undefined ? null : (this.working[done + count - 1] ?? null);
    }
    /** The day itself where it is worked, else the next working day (art. 148(5)). */
    workingDayFrom(day) {
      return this.workingDayAfter(day - 1, 1);
    }
    /** The close of a day, or of the next working day where it is none. */
    rolled(day) {
      const last = this.workingDayFrom(day);
      return last === null ? null : this.close(last);
    }

    /** Working minutes from the first day up to a moment. */
    worked({ day, minute }) {
      if (!this.has(day)) return null;
      const whole = this.before[day] * this.minutesADay;
      if (!this.isWorking(day)) return whole;
      return this.office.shifts.reduce((sum, [from, until]) => sum + Math.max(Math.min(minute, until) - from, 0), whole);
    }
    /** The first moment at which so many working minutes are done; at least one. */
    whenWorked(minutes) {
      const aDay = Math.max(this.minutesADay, 1);
      const day = this.working[Math.floor((minutes - 1) / aDay)];
      if (day === undefined) return null;
      let left = ((minutes - 1) % aDay) + 1;
      for (const [from, until] of this.office.shifts) {
        if (left <= until - from) return { day, minute: from + left };
        left -= until - from;
      }
      return null;
    }

    /** When a file that arrives at a moment counts as received: then, or when the office opens next. */
    receive(moment) {
      for (let day = moment.day; this.has(day); day += 1) {
        const weekday = (((day + this.first + 3) % 7) + 7) % 7;
        const rest = this.isWeeklyRest(day) ? this.office.reception.filter(([on]) => on === weekday).map(([, ...shift]) => shift) : [];
        for (const [from, until] of this.isWorking(day) ? this.office.shifts : rest) {
          if (day > moment.day) return { day, minute: from };
          if (moment.minute < until) return { day, minute: Math.max(moment.minute, from) };
        }
      }
      return null;
    }

    /** The same day number so many months later, or the last day of that month (art. 148(3), (4)). */
    monthsAfter(day, months) {
      const [year, month, date] = this.date(day).split("-").map(Number);
      const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
      return this.day(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10));
    }

    /**
     * The end of a published limit. Days, months and years do not count the first day (art. 147(2)) and end at the close of the
     * last one, which rolls on to a working day (art. 148(5)); hours run from the moment (art. 147(1)).
     */
    limitEnds(from, limit) {
      switch (limit.unit) {
        case "working-days": {
          const whole = Math.floor(limit.n / d(limit));
          if (d(limit) === 1) {
            if (whole === 0) return this.rolled(from.day);
            const last = this.workingDayAfter(from.day, whole);
            return last === null ? null : this.close(last);
          }
          // Half a day more than the whole ones ends in the middle of the next.
          const last = this.workingDayAfter(from.day, whole + 1);
          if (last === null) return null;
          const minutes = ceil((limit.n % d(limit)) * this.minutesADay, d(limit));
          return this.whenWorked(this.worked(this.open(last)) + minutes);
        }
        case "days":
          return this.rolled(from.day + ceil(limit.n, d(limit)));
        case "months":
        case "years": {
          const day = this.monthsAfter(from.day, ceil(limit.n * (limit.unit === "years" ? 12 : 1), d(limit)));
          return day === null ? null : this.rolled(day);
        }
        default:
          return this.workEnds(from, limit);
      }
    }

    /**
     * The end of work that takes so long: working days and hours are minutes of work, a working day being the office's day; days
     * end at the close of the last one, months and years as limits do.
     */
    workEnds(from, time) {
      const work = minutes => {
        const before = this.worked(from);
        return minutes <= 0 ? from : before === null ? null : this.whenWorked(before + minutes);
      };
      switch (time.unit) {
        case "working-days":
          return work(ceil(time.n * this.minutesADay, d(time)));
        case "working-hours":
          return work(ceil(time.n * 60, d(time)));
        case "minutes":
        case "hours": {
          const total = from.minute + ceil(time.n * (time.unit === "hours" ? 60 : 1), d(time));
          const day = from.day + Math.floor(total / A_DAY);
          return this.isWorking(day) ? { day, minute: total % A_DAY } : this.rolled(day);
        }
        case "days": {
          if (time.n === 0) return from;
          const whole = Math.floor(time.n / d(time));
          if (whole > 0 && !this.has(from.day + whole)) return null;
          const start = whole === 0 ? from : this.close(from.day + whole);
          return this.workEnds(start, length(time.n % d(time), d(time), "working-days"));
        }
        default:
          return time.n === 0 ? from : this.limitEnds(from, time);
      }
    }
  }

  /** A published limit that runs: what is left of it, and since when. Time that is not counted stops it. */
  class Clock {
    /** `left` runs one after the other: additions in another unit begin when the first has ended. */
    constructor(since, left) {
      Object.assign(this, { since, left });
    }
    copy() {
      return new Clock(this.since, this.left);
    }
    ends(calendar) {
      return this.left.reduce((from, limit) => from && calendar.limitEnds(from, limit), this.since);
    }
    /** Stops at one moment and goes on at another: whole days that have passed are used up. False where the calendar ends. */
    pause(calendar, from, to) {
      while (this.left.length > 1) {
        const end = calendar.limitEnds(this.since, this.left[0]);
        if (end === null) return false;
        if (thutuc.isAfter(end, from)) break;
        this.since = end;
        this.left = this.left.slice(1);
      }
      if (this.left.length > 0) {
        const left = rest(calendar, this.since, from, this.left[0]);
        if (left === null) return false;
        this.left = [left, ...this.left.slice(1)];
      }
      this.since = to;
      return true;
    }
  }

  /** What is left of a limit at a moment. */
  function rest(calendar, since, at, limit) {
    const less = (used, per) => length(Math.max(limit.n * per - used * d(limit), 0), d(limit) * per, limit.unit);
    const between = () => {
      const [before, after] = [calendar.worked(since), calendar.worked(at)];
      return before === null || after === null ? null : after - before;
    };
    switch (limit.unit) {
      case "working-days":
        return between() === null ? null : less(Math.trunc(between() / Math.max(calendar.minutesADay, 1)), 1);
      case "working-hours":
        return between() === null ? null : less(between(), 60);
      case "minutes":
      case "hours":
        return less((at.day - since.day) * A_DAY + at.minute - since.minute, limit.unit === "hours" ? 60 : 1);
      case "days":
        return less(at.day - since.day, 1);
      default: {
        // A month has no fixed length: what is left is counted in days.
        const last = calendar.monthsAfter(since.day, ceil(limit.n * (limit.unit === "years" ? 12 : 1), d(limit)));
        return last === null ? null : length(Math.max(last - at.day, 0), 1, "days");
      }
    }
  }

  thutuc.Calendar = Calendar;
  thutuc.Clock = Clock;
  thutuc.addLengths = (a, b) => length(a.n * d(b) + b.n * d(a), d(a) * d(b), a.unit);
  thutuc.calendar = days => {
    thutuc.days = days;
  };
})(globalThis.thutuc);
