// What one case comes to: papers, money, dates, where; and which questions still matter, the one that decides most first.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  thutuc.isValid = (part, asOf) => (part.from ?? "") <= asOf && asOf <= (part.until ?? "9999-12-31");

  /** The rules that apply on a day. */
  thutuc.rulesOn = (data, asOf) => data.regimes.find(rules => thutuc.isValid(rules, asOf));

  /** Every answer to every question; a requirement holds unless it is denied. */
  thutuc.everything = rules => {
    const state = {};
    const required = new Set(rules.requirements.map(([id]) => id));
    for (const { fact, choice, cells } of rules.columns) {
      state[thutuc.keyOf(fact, choice)] = required.has(fact) ? cells.filter(cell => cell.v === true) : cells;
    }
    return state;
  };

  /** The state after an answer: of a fact that holds several choices, the list of them. `text` says it. */
  thutuc.told = (rules, state, fact, value, text) => {
    const next = { ...state };
    const columns = rules.columns.filter(column => column.fact === fact);
    for (const { choice, cells } of columns) {
      const own = choice === undefined ? value : value.includes(choice);
      const cell = cells.find(cell => !cell.range && cell.v === own) ?? { v: own, text };
      next[thutuc.keyOf(fact, choice)] = [cell];
    }
    if (columns.length === 0) next[fact] = [{ v: value, text }];
    return next;
  };

  /** A moment as the calendar counts it: `2026-04-29T16:20`; without a time, when the office opens. Null beyond the calendar. */
  thutuc.moment = (calendar, text) => {
    const [date, time] = text.split("T");
    const day = calendar.day(date);
    if (day === null || !time) return day === null ? null : calendar.open(day);
    const [hour, minute] = time.split(":").map(Number);
    return { day, minute: hour * 60 + minute };
  };

  const two = number => String(number).padStart(2, "0");
  const shortDate = date => {
    const [year, month, day] = date.split("-").map(Number);
    return `${two(day)}/${month < 3 ? two(month) : month}/${year}`;
  };
  const UNITS = {
    minutes: ["phút", "minutes"],
    hours: ["giờ", "hours"],
    "working-hours": ["giờ làm việc", "working hours"],
    days: ["ngày", "days"],
    "working-days": ["ngày làm việc", "working days"],
    months: ["tháng", "months"],
    years: ["năm", "years"],
  };
  thutuc.words = {
    shortDate,
    /** `16:20 ngày 29/4/2026` */
    moment: (at, calendar, say) => `${two(Math.floor(at.minute / 60))}:${two(at.minute % 60)} ${say("ngày ", "on ")}${shortDate(calendar.date(at.day))}`,
    length: ({ n, d }, unit, say) => {
      const number = { n: BigInt(n), d: BigInt(d ?? 1) };
      const digits = say(true, false) && (d ?? 1) === 1 && n >= 0 && n < 10 ? `0${n}` : thutuc.decimal(number);
      return `${digits} ${say(...UNITS[unit])}`;
    },
    promise: (promise, say) =>
      promise.lengths ? promise.lengths.map(one => thutuc.words.length(one, one.unit, say)).join(say(" và ", " and ")) : promise.text,
  };

  /** A date in words: when, or after what; and how sure. */
  function dateOf({ promise, starts, due }, calendar, say) {
    const limit = thutuc.words.promise(promise, say);
    const known = starts && due ? calendar.knownBetween(starts.day, due.day) : 0;
    const from = promise.limit.starts;
    let text = from ? say(`${limit} kể từ ${from}`, `${limit} from ${from}`) : limit;
    if (due) text = thutuc.words.moment(due, calendar, say);
    if (due && known === 2) text += say(", tạm tính vì chưa có lịch nghỉ chính thức", ", provisional: no official calendar yet");
    if (due && known === 1) text += say(", tạm tính vì có ngày nghỉ chưa được xác nhận", ", provisional: a day off is unconfirmed");
    return { promise, limit, starts, due, text, provisional: known > 0, whens: promise.whens, basis: promise.basis };
  }

  function sumText(payable, rules, say) {
    if (payable.sum) return thutuc.moneyText(payable.sum, say);
    if (payable.open !== undefined) return payable.open;
    if (payable.needs === undefined) return say("không có mức nào áp dụng", "no amount applies");
    const label = rules.facts.find(fact => fact.id === payable.needs)?.label ?? payable.needs.replaceAll("-", " ");
    const name = /^\p{Lu}\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
    return say(`chưa tính được: cần biết ${name}`, `not known without ${name}`);
  }

  /**
   * The answer of a case: `question` is `{ rules, state, asOf, calendar, received, happened }`. What cannot be decided is in
   * `undecided`; what depends on open questions stands once for each way it may come to, with `when`.
   */
  thutuc.answer = (question, say) => {
    const { rules, state, asOf, calendar, received, happened } = question;
    const papers = [];
    for (const paper of rules.papers) {
      if (!thutuc.isValid(paper, asOf)) continue;
      const truth = paper.when ? thutuc.truth(paper.when.logic, state) : true;
      if (truth !== false) papers.push({ paper, whens: paper.when && truth === true ? [paper.when] : [], when: truth === true ? undefined : paper.when.text });
    }
    const charges = rules.charges.map(charge => {
      const found = thutuc.explore(state, now => thutuc.payable(charge, now, asOf));
      const same = payable => payable && sumText(payable, rules, say);
      const groups = thutuc.grouped(found.leaves, state, same, say).filter(group => group.value !== null);
      return { charge, undecided: found.undecided.length > 0, groups: groups.map(group => ({ ...group, text: sumText(group.value, rules, say) })) };
    });
    const course = thutuc.explore(state, now => {
      const found = thutuc.course(rules, now, asOf, calendar, received, happened);
      return { ...found, dates: found.dates.map(date => dateOf(date, calendar, say)) };
    });
    const told = ({ dates }) => JSON.stringify(dates.map(date => [date.promise.limit.name, date.limit, date.text]));
    const where = rules.filed_at && thutuc.explore(state, now => thutuc.pick(rules.filed_at, now));
    return {
      papers,
      charges,
      courses: thutuc.grouped(course.leaves, state, told, say),
      /** Every way it may go, also where several come to the same. */
      ways: course.leaves.map(leaf => leaf.value),
      undecided: course.undecided.length > 0,
      where: where ? thutuc.grouped(where.leaves, state, picked => picked.value?.text ?? "", say) : [],
    };
  };

  /** Everything that an answer decides, each as a function that throws what is open. */
  function outputs({ rules, asOf, calendar, received, happened }) {
    const papers = rules.papers.filter(paper => thutuc.isValid(paper, asOf));
    return [
      ...papers.filter(paper => paper.when).map(paper => now => thutuc.must(paper.when, now)),
      ...papers.filter(paper => paper.form?.rules).map(paper => now => thutuc.pick(paper.form, now).value?.text),
      ...rules.charges.map(charge => now => {
        const payable = thutuc.payable(charge, now, asOf);
        if (payable?.needs) throw new thutuc.Open(payable.needs, null);
        return payable && sumText(payable, rules, vi => vi);
      }),
      ...(rules.filed_at?.rules ? [now => thutuc.pick(rules.filed_at, now).value?.text] : []),
      now => {
        const { dates, outcomes } = thutuc.course(rules, now, asOf, calendar, received, happened);
        return JSON.stringify([dates.map(({ promise, due }) => [promise.at, promise.lengths ?? promise.text, due]), outcomes]);
      },
    ];
  }

  /** The questions on which something depends that comes out differently, with what is open. */
  function open(question) {
    const [matters, still] = [new Set(), []];
    for (const output of outputs(question)) {
      const needed = new Set();
      const look = now => {
        try {
          return output(now);
        } catch (error) {
          if (!(error instanceof thutuc.Open) || error.test) throw error;
          if (error.key) needed.add(error.key);
          return error.key ? `needs ${error.key}` : "";
        }
      };
      const { leaves, asked } = thutuc.explore(question.state, look, 512);
      const differ = leaves.some(leaf => leaf.value !== leaves[0].value);
      if (!differ && needed.size === 0) continue;
      still.push(output);
      for (const key of [...(differ ? asked : []), ...needed]) matters.add(key);
    }
    return { matters, still };
  }

  const isOpen = (output, state) => {
    try {
      output(state);
      return false;
    } catch (error) {
      if (error instanceof thutuc.Open) return true;
      throw error;
    }
  };

  /**
   * The facts that are still to be asked, the one that decides most first: after whose answer the fewest outputs are expected to
   * be open, each answer being as likely as another. Facts that decide nothing any more are not among them.
   */
  thutuc.questions = (question, answered) => {
    const { rules, state } = question;
    const { matters, still } = open(question);
    const facts = [...new Set([...matters].map(key => key.split("\n")[0]))].filter(fact => !answered.has(fact));
    const measured = facts.map((fact, at) => {
      const keys = [...matters].filter(key => key.split("\n")[0] === fact && state[key]);
      const states = keys.flatMap(key => state[key].map(cell => ({ ...state, [key]: [{ ...cell, range: false }] })));
      if (states.length === 0) states.push({ ...state, [fact]: [{ v: 1, text: "" }] });
      const left = states.reduce((sum, now) => sum + still.filter(output => isOpen(output, now)).length, 0);
      return { fact, left: left / states.length, at };
    });
    const rank = fact => {
      const own = rules.facts.find(one => one.id === fact);
      return own ? rules.facts.indexOf(own) : -1;
    };
    return measured.sort((a, b) => a.left - b.left || rank(a.fact) - rank(b.fact)).map(one => one.fact);
  };

  thutuc.procedure = data => {
    thutuc.data = data;
    thutuc.wizard?.(data);
  };
})(globalThis.thutuc);
