// What is paid: exact fractions, so that no sum is off by a đồng. Cap and floor come first, then the multiplication, then the
// rounding that is written.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  const abs = value => (value < 0n ? -value : value);
  function fraction(n, d = 1n) {
    let [a, b] = [abs(n), abs(d)];
    while (b !== 0n) [a, b] = [b, a % b];
    const by = (a === 0n ? 1n : a) * (d < 0n ? -1n : 1n);
    return { n: n / by, d: d / by };
  }
  const ZERO = fraction(0n);
  const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
  const minus = (a, b) => plus(a, { n: -b.n, d: b.d });
  const less = (a, b) => a.n * b.d < b.n * a.d;
  const floor = ({ n, d }) => (n >= 0n ? n / d : -((-n + d - 1n) / d));
  const whole = value => fraction(BigInt(value));

  /** A decimal as it is written: 0.15 is 15/100. */
  function exact(number) {
    const [digits, decimals = ""] = String(number).split(".");
    return fraction(BigInt(digits + decimals), 10n ** BigInt(decimals.length));
  }

  /** A cap that comes to zero is none. */
  const capped = (a, cap) => (cap.n !== 0n && less(cap, a) ? cap : a);
  const largest = (a, b) => (less(a, b) ? b : a);

  /** The number of a fact that a sum needs is not known. */
  class Needs {
    constructor(fact) {
      this.fact = fact;
    }
  }

  function evaluate(logic, number) {
    if (typeof logic === "number") return exact(logic);
    const [op, args] = Object.entries(logic)[0];
    if (op === "var") {
      const known = number(args);
      if (known === undefined) throw new Needs(args);
      return exact(known);
    }
    const [a, b] = args.map(arg => evaluate(arg, number));
    switch (op) {
      case "+":
        return plus(a, b);
      case "-":
        return minus(a, b);
      case "*":
        return times(a, b);
      case "min":
        return capped(a, b);
      case "max":
        return largest(a, b);
      case "%":
        return minus(a, times(b, fraction(floor(times(a, { n: b.d, d: b.n })))));
      default:
        throw new Error(`money: ${op}`);
    }
  }

  const grouped = value => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

  /** As documents write it: thousands with a dot, decimals with a comma. */
  thutuc.decimal = ({ n, d }) => {
    const [whole, rest] = [n / d, abs(n % d)];
    if (rest === 0n) return grouped(whole);
    const scale = [10n, 100n, 1000n].find(scale => scale % d === 0n);
    if (scale === undefined) return `${n}/${d}`;
    return `${grouped(whole)},${String(rest * (scale / d)).padStart(String(scale).length - 1, "0")}`;
  };

  function rounded(sum, [way, to]) {
    const step = whole(to);
    const parts = times(sum, fraction(1n, BigInt(to)));
    const down = floor(way === "nearest" ? plus(parts, fraction(1n, 2n)) : parts);
    const up = way === "up" && less(fraction(down), parts) ? 1n : 0n;
    return times(fraction(down + up), step);
  }

  const numberIn = state => fact => {
    const cells = state[fact];
    return cells?.length === 1 && !cells[0].range && typeof cells[0].v === "number" ? cells[0].v : undefined;
  };

  /**
   * What a charge comes to in a case: `{ sum }` in đồng and dollars, `{ open }` where somebody else sets it, `{ needs }` where a
   * number is not known, `{ nothing }`; `null` where it does not apply. Throws what is open.
   */
  thutuc.payable = (charge, state, asOf) => {
    if (!thutuc.isValid(charge, asOf) || !thutuc.must(charge.when, state)) return null;
    if (!charge.amount) return { nothing: true, whens: [] };
    const { value, whens, added } = thutuc.pick(charge.amount, state);
    const told = { whens: charge.when ? [charge.when, ...whens] : whens, basis: value?.basis };
    if (value === undefined) return { ...told, nothing: true };
    if (value.none) return { ...told, sum: { dong: ZERO, dollars: ZERO } };
    if (!value.value || (value.value.rate && !charge.factor)) return { ...told, open: value.text };
    const number = numberIn(state);
    const money = one => ({ dong: ZERO, dollars: ZERO, [one.dollars ? "dollars" : "dong"]: evaluate(one.logic, number) });
    const both = (a, b, how) => ({ dong: how(a.dong, b.dong), dollars: how(a.dollars, b.dollars) });
    try {
      let sum = money(value.value);
      for (const more of added) if (more.value) sum = both(sum, money(more.value), plus);
      if (charge.most) sum = both(sum, money(charge.most), capped);
      if (charge.least) sum = both(sum, money(charge.least), largest);
      if (charge.factor?.bare) {
        const factor = evaluate(charge.factor.logic, number);
        sum = { dong: times(sum.dong, factor), dollars: times(sum.dollars, factor) };
      }
      if (charge.rounded) sum = { ...sum, dong: rounded(sum.dong, charge.rounded) };
      return { ...told, sum };
    } catch (needs) {
      if (!(needs instanceof Needs)) throw needs;
      return { ...told, needs: needs.fact };
    }
  };

  /** `16.000 đồng`, `10 USD` */
  thutuc.moneyText = ({ dong, dollars }, say) => {
    const parts = [`${thutuc.decimal(dong)} ${say("đồng", "VND")}`, `${thutuc.decimal(dollars)} USD`];
    return dollars.n === 0n ? parts[0] : dong.n === 0n ? parts[1] : parts.join(" + ");
  };

  thutuc.addMoney = (a, b) => ({ dong: plus(a.dong, b.dong), dollars: plus(a.dollars, b.dollars) });
  thutuc.NO_MONEY = { dong: ZERO, dollars: ZERO };
})(globalThis.thutuc);
