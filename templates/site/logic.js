// Conditions as JsonLogic where not every answer is known yet: a condition holds, does not, or is open.
//
// A state says of each question which answers are left: lists of cells `{ v, range, text }`, as the data cut them so that no
// condition tells two answers of one cell apart. `v` is the answer, or stands for its range.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  /** A condition that is open: because of which question and test, or because nobody can know (`key` is null). */
  class Open {
    constructor(key, test) {
      this.key = key;
      this.test = test;
    }
  }

  /** The name of a question: a fact, or whether a fact that holds several choices holds this one. */
  const keyOf = (fact, choice) => (choice === undefined ? fact : `${fact}\n${choice}`);
  const isVar = value => value !== null && typeof value === "object" && typeof value.var === "string";

  function cut(key, test, state) {
    const cells = state[key];
    if (cells === undefined) return new Open(null);
    const inside = cells.filter(cell => test(cell.v)).length;
    return inside === 0 ? false : inside === cells.length ? true : new Open(key, test);
  }

  const not = truth => (truth instanceof Open ? truth : !truth);

  /** All parts, where `wanted` is true; any part, where it is false. */
  function joined(parts, wanted, state) {
    let open = null;
    for (const part of parts) {
      const truth = typeof part === "function" ? part() : thutuc.truth(part, state);
      if (truth === !wanted) return !wanted;
      if (truth instanceof Open && (open === null || open.key === null)) open = truth;
    }
    return open ?? wanted;
  }

  const choicesOf = (fact, state) => Object.keys(state).filter(key => key.startsWith(`${fact}\n`));
  const holds = value => value === true;

  const COMPARE = {
    "==": (a, b) => a === b,
    "!=": (a, b) => a !== b,
    ">": (a, b) => a > b,
    "<": (a, b) => a < b,
    ">=": (a, b) => a >= b,
    "<=": (a, b) => a <= b,
  };

  /** Whether a condition holds: true, false or `Open`. */
  thutuc.truth = (rule, state) => {
    const [op, args] = Object.entries(rule)[0];
    switch (op) {
      case "and":
        return joined(args, true, state);
      case "or":
        return joined(args, false, state);
      case "!":
        if (!isVar(args[0])) return not(thutuc.truth(args[0], state));
        return joined(choicesOf(args[0].var, state).map(key => () => not(cut(key, holds, state))), true, state);
      case "all": {
        // No choice beyond these.
        const wanted = args[1].in[1].map(choice => keyOf(args[0].var, choice));
        const others = choicesOf(args[0].var, state).filter(key => !wanted.includes(key));
        return joined(others.map(key => () => not(cut(key, holds, state))), true, state);
      }
      case "in":
        if (isVar(args[1])) return cut(keyOf(args[1].var, args[0]), holds, state);
        return isVar(args[0]) ? cut(args[0].var, value => args[1].includes(value), state) : new Open(null);
      default: {
        const at = args.findIndex(isVar);
        if (at < 0) return new Open(null);
        const test = value => {
          const own = args.map((arg, place) => (place === at ? value : arg));
          return own.slice(1).every((right, place) => COMPARE[op](own[place], right));
        };
        return cut(args[at].var, test, state);
      }
    }
  };

  /** As `truth`, of what must be decided: throws what is open. A condition that is not there holds. */
  const must = (condition, state) => {
    const truth = condition === undefined ? true : thutuc.truth(condition.logic, state);
    if (truth instanceof Open) throw truth;
    return truth;
  };

  /** The value of a case: of the exceptions the one that holds, and of its exceptions again; else the general rule. */
  thutuc.pick = (by, state) => {
    const picked = { value: by.general, whens: [], added: [] };
    const additions = rules => {
      for (const rule of rules) {
        if (rule.adds && must(rule.when, state)) {
          picked.whens.push(rule.when);
          if (rule.value) picked.added.push(rule.value);
        }
      }
    };
    let rules = by.rules ?? [];
    for (;;) {
      const rule = rules.find(rule => !rule.adds && must(rule.when, state));
      additions(rules);
      if (!rule) return picked;
      picked.value = rule.value;
      picked.whens.push(rule.when);
      rules = rule.rules ?? [];
    }
  };

  const MOST_CASES = 4096;

  /**
   * Looks at a case; where something is open, splits it there and looks at both parts. Gives the leaves, the cases that could
   * not be decided, and every question that was split.
   */
  thutuc.explore = (state, look, most = MOST_CASES) => {
    const [leaves, undecided, asked, todo] = [[], [], new Set(), [state]];
    while (todo.length > 0) {
      const now = todo.pop();
      try {
        leaves.push({ state: now, value: look(now) });
      } catch (open) {
        if (!(open instanceof Open)) throw open;
        if (open.key === null || leaves.length + todo.length >= most) {
          undecided.push(now);
          continue;
        }
        asked.add(open.key);
        const side = wanted => ({ ...now, [open.key]: now[open.key].filter(cell => open.test(cell.v) === wanted) });
        todo.push(side(false), side(true));
      }
    }
    return { leaves, undecided, asked };
  };

  const texts = cells => cells.map(cell => cell.text).filter(Boolean);
  const meets = (a, b) => Object.keys(a).every(key => a[key].some(cell => b[key].includes(cell)));

  /** What a case says beyond another that holds it, in words. */
  thutuc.said = (state, base, say) => {
    const keys = Object.keys(state).filter(key => state[key].length < base[key].length);
    return keys.map(key => texts(state[key]).join(say(" hoặc ", " or "))).filter(Boolean).join(say(" và ", " and "));
  };

  /** Leaves that come to the same, together; with the widest case in which they do, where there are several. */
  thutuc.grouped = (leaves, base, same, say) => {
    const kinds = [];
    for (const leaf of leaves) {
      const kind = kinds.find(kind => same(kind.value) === same(leaf.value));
      if (kind) kind.states.push(leaf.state);
      else kinds.push({ value: leaf.value, states: [leaf.state] });
    }
    return kinds.map(kind => {
      if (kinds.length === 1) return { value: kind.value, state: kind.states[0] };
      const others = kinds.filter(other => other !== kind).flatMap(other => other.states);
      let wide = kind.states[0];
      for (const key of Object.keys(base)) {
        const wider = { ...wide, [key]: base[key] };
        if (!others.some(other => meets(other, wider))) wide = wider;
      }
      return { value: kind.value, state: kind.states[0], when: thutuc.said(wide, base, say) };
    });
  };

  /** The questions whose answers make a condition what it is, in the order met. */
  thutuc.because = (rule, state) => {
    const [op, args] = Object.entries(rule)[0];
    const all = parts => [...new Set(parts.flatMap(part => thutuc.because(part, state)))];
    const truth = thutuc.truth(rule, state);
    if (op === "and" || op === "or") {
      // One part alone decides what not all do.
      const deciding = truth === (op === "and") ? args : args.filter(part => thutuc.truth(part, state) === truth).slice(0, 1);
      return all(deciding);
    }
    if (op === "!" && !isVar(args[0])) return thutuc.because(args[0], state);
    if (op === "in" && isVar(args[1])) return [keyOf(args[1].var, args[0])];
    const fact = args.find(isVar)?.var;
    if (op === "all" || op === "!") return choicesOf(fact, state);
    return fact === undefined ? [] : [fact];
  };

  thutuc.Open = Open;
  thutuc.keyOf = keyOf;
  thutuc.must = must;
})(globalThis.thutuc);
