// “Tôi cần gì?”: asks only what still matters, shows what follows so far, and prints it as a checklist. Texts go into the page
// as text alone.
"use strict";
globalThis.thutuc ??= {};
(thutuc => {
  /** An element with attributes, listeners (`onclick`) and children; what is false is left out. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter(child => child !== undefined && child !== false && child !== null && child !== ""));
    return element;
  }
  const small = (...children) => make("span", { class: "why" }, ...children);
  const capital = text => text && text[0].toUpperCase() + text.slice(1);

  class Wizard {
    constructor(data, place) {
      const vi = document.documentElement.lang === "vi";
      Object.assign(this, { data, answers: new Map(), unknown: new Set(), filed: "", events: new Map() });
      this.say = (inVietnamese, inEnglish) => (vi ? inVietnamese : inEnglish);
      this.asking = make("div", { class: "asking" });
      this.status = make("p", { role: "status", class: "asking" });
      this.result = make("div", { class: "answer" });
      place.append(this.asking, this.status, this.result);
      place.hidden = false;
      this.show();
    }

    /** The case as it is answered so far. */
    question() {
      const asOf = this.filed.split("T")[0] || this.data.as_of;
      const rules = thutuc.rulesOn(this.data, asOf);
      const calendar = new thutuc.Calendar(thutuc.days, rules.office);
      let state = thutuc.everything(rules);
      for (const [fact, { value, text }] of this.answers) state = thutuc.told(rules, state, fact, value, text);
      const arrived = this.filed && thutuc.moment(calendar, this.filed);
      const received = arrived ? calendar.receive(arrived) : null;
      const moments = [...this.events].map(([step, at]) => ({ step, at: at && thutuc.moment(calendar, at) })).filter(one => one.at);
      const happened = { done: moments.filter(one => one.step !== ""), supplemented: moments.find(one => one.step === "")?.at };
      return { rules, state, asOf, calendar, received, happened };
    }

    show(focus) {
      const { say } = this;
      const question = this.question();
      const done = new Set([...this.answers.keys(), ...this.unknown]);
      const facts = thutuc.questions(question, done);
      const byAgency = fact => question.rules.facts.find(one => one.id === fact)?.known_by === "agency";
      const [own, later] = [facts.filter(fact => !byAgency(fact)), facts.filter(byAgency)];
      const given = this.given(question.rules);
      this.asking.replaceChildren(...[given, own.length > 0 && this.ask(question, own[0])].filter(Boolean));
      const left = own.length;
      this.status.textContent =
        left === 0
          ? say("Đã đủ thông tin. Kết quả ở dưới đây.", "That is all. Your answer is below.")
          : say(`Còn nhiều nhất ${left} câu hỏi. Dưới đây là kết quả theo những gì đã biết.`, `At most ${left} more. Below is what is known so far.`);
      this.result.replaceChildren(...this.told(question, later));
      if (focus === "question") (this.asking.querySelector("legend") ?? this.result.querySelector("h3"))?.focus();
      else if (focus) document.getElementById(focus)?.focus();
    }

    factOf(rules, id) {
      const { say } = this;
      const known = rules.facts.find(fact => fact.id === id);
      if (known) return known;
      if (id === "cách-thức") return { id, kind: "channel", label: say("Bạn nộp hồ sơ bằng cách nào?", "How will you file?") };
      return { id, kind: "boolean", label: capital(id.replaceAll("-", " ")) };
    }

    /** What was answered, each with a way to change it. */
    given(rules) {
      const { say } = this;
      const rows = [...this.answers].map(([fact, { text }]) => [fact, text]);
      for (const fact of this.unknown) rows.push([fact, `${this.factOf(rules, fact).label}: ${say("chưa biết", "not known")}`]);
      if (rows.length === 0) return make("p", {}, say("Trả lời vài câu để biết đúng phần của bạn.", "A few questions, to tell you your own part."));
      const change = (fact, text) =>
        make("button", { type: "button", onclick: () => this.forget(fact), "aria-label": say(`Sửa: ${text}`, `Change: ${text}`) }, say("Sửa", "Change"));
      return make("ul", { class: "given", "aria-label": say("Bạn đã trả lời", "Your answers") }, rows.map(([fact, text]) => make("li", {}, make("span", {}, capital(text)), change(fact, text))));
    }
    forget(fact) {
      this.answers.delete(fact);
      this.unknown.delete(fact);
      this.show("question");
    }

    /** A form for one fact. */
    ask({ rules, state }, id, agency = false) {
      const { say } = this;
      const fact = this.factOf(rules, id);
      const label = fact.label ?? capital(id.replaceAll("-", " "));
      const name = `fact-${rules.facts.indexOf(fact)}`;
      const choice = (value, said, type = "radio") => make("label", { class: "choice" }, make("input", { type, name, value: String(value) }), said);
      let [inputs, read] = [[], () => undefined];
      const picked = form => [...form.querySelectorAll("input:checked")].map(input => input.value);
      if (fact.kind === "boolean") {
        inputs = [choice("yes", say("Có", "Yes")), choice("no", say("Không", "No"))];
        read = form => {
          const [chosen] = picked(form);
          return chosen && { value: chosen === "yes", text: `${label}: ${chosen === "yes" ? say("có", "yes") : say("không", "no")}` };
        };
      } else if (fact.kind === "one-of" || fact.kind === "channel") {
        const choices = fact.choices ?? (state[id] ?? []).map(cell => ({ id: cell.v, name: capital(cell.text) }));
        inputs = choices.map(one => choice(one.id, capital(one.name)));
        read = form => {
          const [chosen] = picked(form);
          return chosen && { value: chosen, text: `${fact.kind === "channel" ? "" : `${label}: `}${choices.find(one => one.id === chosen).name}` };
        };
      } else if (fact.kind === "some-of") {
        inputs = fact.choices.map(one => choice(one.id, capital(one.name), "checkbox"));
        read = form => {
          const chosen = picked(form);
          const names = fact.choices.filter(one => chosen.includes(one.id)).map(one => one.name);
          return { value: chosen, text: `${label}: ${names.join(", ") || say("không có", "none")}` };
        };
      } else {
        const isDate = fact.kind === "date";
        const step = fact.kind === "integer" ? 1 : "any";
        const input = make("input", { type: isDate ? "date" : "number", name, id: name, min: fact.from, max: fact.to, step: isDate ? undefined : step, required: true, "aria-label": label });
        inputs = [make("p", {}, input, fact.unit ? ` ${fact.unit}` : "")];
        read = form => {
          const raw = form.elements[name].value;
          if (raw === "" || !form.reportValidity()) return undefined;
          const said = isDate ? thutuc.words.shortDate(raw) : raw.replace(".", ",");
          return { value: isDate ? raw : Number(raw), text: `${label}: ${said}${fact.unit ? ` ${fact.unit}` : ""}` };
        };
      }
      const fault = make("p", { class: "error", role: "alert" });
      const submit = event => {
        event.preventDefault();
        const answer = read(event.currentTarget);
        fault.textContent = answer ? "" : say("Hãy chọn hoặc điền một câu trả lời, hoặc bấm “Tôi chưa biết”.", "Choose or fill in an answer, or press “I do not know”.");
        if (!answer) return;
        this.answers.set(id, answer);
        this.show(agency ? "by-agency" : "question");
      };
      const skip = () => {
        this.unknown.add(id);
        this.show(agency ? "by-agency" : "question");
      };
      const ends = /[?]$/.test(label) || fact.kind !== "boolean" ? "" : "?";
      return make(
        "form",
        { onsubmit: submit, novalidate: true, "data-fact": id },
        make("fieldset", {}, make("legend", { tabindex: "-1" }, label, ends), inputs),
        fault,
        make(
          "div",
          { class: "buttons" },
          make("button", { type: "submit", class: "main" }, say("Tiếp tục", "Continue")),
          make("button", { type: "button", onclick: skip }, say("Tôi chưa biết", "I do not know")),
        ),
      );
    }

    /** The reason of something: the conditions that hold, and the answers that make them hold. */
    why(whens = [], state, basis) {
      const { say } = this;
      const rules = whens.map(when => when.text).join("; ");
      const keys = whens.flatMap(when => thutuc.because(when.logic, state));
      const answers = [...new Set(keys.map(key => this.answers.get(key.split("\n")[0])?.text))].filter(Boolean).join("; ");
      const lines = [
        rules && say(`Áp dụng khi ${rules}.`, `Applies when ${rules}.`),
        answers && say(`Bạn trả lời: ${answers}.`, `You said: ${answers}.`),
        basis && say(`Theo ${basis}.`, `Under ${basis}.`),
      ];
      return lines.some(Boolean) && small(lines.filter(Boolean).join(" "));
    }

    told(question, later) {
      const { say } = this;
      const answer = thutuc.answer(question, say);
      const title = text => make("h3", { tabindex: "-1" }, text);
      const head = make("p", { class: "print" }, say("Danh sách chuẩn bị của tôi, theo các câu trả lời: ", "My checklist, from these answers: "), [...this.answers.values()].map(one => one.text).join("; ") || say("chưa trả lời câu nào", "none"), ".");
      const many = when => when !== undefined && when !== "" && say(` – khi ${when}`, ` – when ${when}`);
      return [
        head,
        title(say("Giấy tờ cần chuẩn bị", "Papers to bring")),
        this.papers(answer, question),
        title(say("Phí, lệ phí", "Charges and fees")),
        this.charges(answer, question, many),
        title(say("Nộp ở đâu", "Where to file")),
        make("ul", {}, answer.where.map(group => make("li", {}, capital(group.value.value?.text ?? say("(chưa nhập)", "(not yet given)")), many(group.when)))),
        title(say("Bao giờ xong", "When it is done")),
        this.moment("filed", say("Ngày nộp hồ sơ (để tính ngày hẹn trả)", "Day of filing (to work out the due date)"), this.filed, value => (this.filed = value)),
        ...this.dates(answer, question, many),
        ...this.outcomes(answer, question),
        ...this.requirements(question),
        ...this.byAgency(question, later),
        make("div", { class: "buttons" }, make("button", { type: "button", class: "main", onclick: () => print() }, say("In danh sách của tôi", "Print my checklist"))),
      ];
    }

    papers(answer, { state }) {
      const { say } = this;
      if (answer.papers.length === 0) return make("p", {}, say("Không phải nộp giấy tờ nào.", "No papers are needed."));
      const rows = answer.papers.map(({ paper, whens, when }, at) => {
        const form = paper.form && thutuc.explore(state, now => thutuc.pick(paper.form, now));
        const forms = form ? [...new Set(form.leaves.map(leaf => leaf.value.value?.text).filter(Boolean))] : [];
        const copies = paper.copies.join(" + ");
        return make(
          "li",
          { "data-paper": paper.id ?? paper.name },
          make("input", { type: "checkbox", id: `paper-${at}` }),
          make("label", { for: `paper-${at}` }, paper.name),
          small(paper.delivery, copies && `: ${copies}`, forms.length > 0 && say(` · mẫu: ${forms.join(" / ")}`, ` · form: ${forms.join(" / ")}`)),
          when !== undefined && make("span", { class: "why open" }, say(`Chỉ khi ${when}.`, `Only when ${when}.`)),
          paper.one_of && small(say(`Một trong: ${paper.one_of.join("; ")}.`, `One of: ${paper.one_of.join("; ")}.`)),
          paper.taken_from && small(say(`Không phải nộp nếu cơ quan tra được trong ${paper.taken_from.join(", ")}.`, `Not needed where the agency finds it in ${paper.taken_from.join(", ")}.`)),
          paper.notes && small(paper.notes.join(" ")),
          this.why(whens, state),
        );
      });
      return make("ul", { class: "tick" }, rows);
    }

    charges(answer, { state }, many) {
      const { say } = this;
      const rows = answer.charges.flatMap(({ charge, groups, undecided }) => [
        undecided && make("li", {}, `${charge.name}: `, this.undecided()),
        ...groups.map(group =>
          make("li", { "data-sum": group.text }, `${charge.name}: `, make("span", { class: "sum" }, group.text), many(group.when), this.why(group.value.whens, group.state, group.value.basis)),
        ),
      ]);
      const single = answer.charges.filter(one => one.groups.length > 0);
      const sums = single.map(one => one.groups[0].value.sum);
      const settled = single.length > 1 && sums.every(Boolean) && answer.charges.every(one => one.groups.length < 2 && !one.undecided);
      const total = settled && thutuc.moneyText(sums.reduce(thutuc.addMoney, thutuc.NO_MONEY), say);
      if (rows.filter(Boolean).length === 0) return make("p", {}, say("Không có khoản nào được ghi cho trường hợp này.", "No charge is written for this case."));
      return make("ul", {}, rows, total && make("li", { class: "sum" }, say(`Tổng cộng: ${total}`, `Together: ${total}`)));
    }

    undecided() {
      return this.say("chưa tính được: còn điều kiện chưa khai, hoặc quá nhiều khả năng", "not decided: a condition is not given, or there are too many possibilities");
    }

    /** A day, and a time of day that may be left out. */
    moment(id, label, value, set) {
      const { say } = this;
      const [date = "", time = ""] = value.split("T");
      const change = own => () => {
        const [day, clock] = [`${id}-day`, `${id}-time`].map(part => document.getElementById(part).value);
        set(day && clock ? `${day}T${clock}` : day);
        this.show(own);
      };
      return make(
        "div",
        { class: "moment asking", role: "group", "aria-label": label },
        make("label", { for: `${id}-day` }, label, make("input", { type: "date", id: `${id}-day`, value: date, onchange: change(`${id}-day`) })),
        make("label", { for: `${id}-time` }, say("Lúc (có thể bỏ trống)", "At (may be left out)"), make("input", { type: "time", id: `${id}-time`, value: time, onchange: change(`${id}-time`) })),
      );
    }

    dates(answer, question, many) {
      const { say } = this;
      const lines = [];
      if (this.filed && !question.received) lines.push(make("p", { class: "error" }, say("Lịch làm việc chưa có ngày này.", "The working calendar does not reach this day.")));
      if (question.received) lines.push(make("p", {}, say("Hồ sơ được tính là nhận lúc ", "The file counts as received at "), thutuc.words.moment(question.received, question.calendar, say), "."));
      if (answer.undecided) lines.push(make("p", {}, capital(this.undecided()), "."));
      const unsaid = say("chưa ghi thời hạn", "no limit is written");
      const rows = answer.courses.flatMap(group =>
        group.value.dates.length === 0 && group.when ? [make("li", {}, capital(unsaid), many(group.when))] : group.value.dates.map(date =>
          make(
            "li",
            { "data-due": date.due ? `${question.calendar.date(date.due.day)}T${clock(date.due.minute)}` : "", "data-limit": date.limit },
            `${date.promise.limit.name}: `,
            make("span", { class: date.due ? "due" : "sum" }, date.text),
            many(group.when),
            this.why(date.whens, group.state, date.basis),
            date.due && this.counted(date, group.value, question.calendar),
          ),
        ),
      );
      if (rows.length > 0) lines.push(make("ul", {}, rows));
      else lines.push(make("p", {}, say("Chưa có thời hạn nào được ghi cho trường hợp này.", "No time limit is written for this case.")));
      const events = this.eventsOf(answer);
      if (question.received && events.length > 0) {
        const keep = step => value => (value ? this.events.set(step, value) : this.events.delete(step));
        const inputs = events.map(({ step, label }, at) => {
          const input = this.moment(`event-${at}`, label, this.events.get(step) ?? "", keep(step));
          input.dataset.step = step;
          return input;
        });
        lines.push(make("details", { class: "asking", open: this.events.size > 0 }, make("summary", {}, say("Hồ sơ đã có diễn biến? Điền ngày để tính lại", "Has something happened to the file? Fill in when")), inputs));
      }
      return lines;
    }

    /** What may happen to the file that moves its dates: every step before something is waited for, or before a limit begins. */
    eventsOf(answer) {
      const { say } = this;
      const found = new Map();
      const flat = moves => moves.flatMap(move => (move.fork ? move.fork.flatMap(flat) : [move]));
      for (const value of answer.ways) {
        const moves = flat(value.path?.moves ?? []);
        if (moves.some(move => move.supplement) || (!value.path && value.dates.length > 0)) found.set("", say("Ngày nộp đủ giấy tờ bổ sung", "Supplement filed on"));
        const own = new Set(value.dates.filter(date => date.promise.limit.from_receipt).map(date => date.promise.at));
        const last = moves.findLastIndex(move => move.wait || (move.start !== undefined && !own.has(move.start)));
        for (const move of moves.slice(0, last + 1)) {
          const step = move.work ?? move.wait ?? move.day ?? move.until;
          if (step) found.set(step.id, say(`Xong bước “${step.label}” ngày`, `“${step.label}” done on`));
        }
      }
      return [...found].map(([step, label]) => ({ step, label }));
    }

    /** How a date was counted: from when, which days are not counted and why. */
    counted({ starts, due, limit, promise }, { waits }, calendar) {
      const { say } = this;
      const day = at => thutuc.words.shortDate(calendar.date(at));
      const moment = at => thutuc.words.moment(at, calendar, say);
      const lines = [say(`${limit}, tính từ ${moment(starts)}.`, `${limit}, from ${moment(starts)}.`)];
      const inDays = promise.lengths?.every(one => !/hours|minutes/.test(one.unit));
      const working = !promise.lengths || promise.lengths.every(one => one.unit.startsWith("working"));
      if (inDays && due.day > starts.day) lines.push(say(`Ngày đầu (${day(starts.day)}) không tính: khoản 2 Điều 147 Bộ luật Dân sự.`, `The first day (${day(starts.day)}) is not counted: Civil Code art. 147(2).`));
      for (const wait of waits.filter(wait => thutuc.isAfter(wait.until, wait.from) && !thutuc.isAfter(starts, wait.from) && thutuc.isAfter(due, wait.from))) {
        lines.push(say(`Từ ${moment(wait.from)} đến ${moment(wait.until)}: không tính.`, `From ${moment(wait.from)} to ${moment(wait.until)}: not counted.`));
      }
      if (working) {
        let weekly = 0;
        for (let at = starts.day + 1; at <= due.day; at += 1) {
          if (calendar.isWorking(at)) continue;
          if (calendar.isWeeklyRest(at)) weekly += 1;
          else lines.push(say(`${day(at)} nghỉ: ${calendar.reason(at)}.`, `${day(at)} off: ${calendar.reason(at)}.`));
        }
        if (weekly > 0) lines.push(say(`${weekly} ngày nghỉ hằng tuần không tính.`, `${weekly} weekly rest days are not counted.`));
      } else if (promise.lengths?.length === 1) {
        const [only] = promise.lengths;
        const months = only.n * (only.unit === "years" ? 12 : 1);
        const last = only.unit === "days" ? starts.day + only.n : calendar.monthsAfter(starts.day, months);
        if ((only.d ?? 1) === 1 && last < due.day && waits.length === 0) lines.push(say(`${day(last)} là ngày nghỉ, nên hết hạn vào ngày làm việc tiếp theo: khoản 5 Điều 148 Bộ luật Dân sự.`, `${day(last)} is a day off, so it ends on the next working day: Civil Code art. 148(5).`));
      }
      return make("details", { class: "why" }, make("summary", {}, say("Cách tính", "How it is counted")), make("ul", {}, lines.map(line => make("li", {}, line))));
    }

    outcomes(answer, { rules, state }) {
      const { say } = this;
      const [course] = answer.courses;
      const positive = rules.outcomes.map((outcome, at) => ({ outcome, at })).filter(({ outcome }) => !outcome.negative);
      const made = positive.filter(({ at }) => course?.value.outcomes?.includes(at));
      const possible = positive.filter(({ outcome }) => !outcome.when || thutuc.truth(outcome.when.logic, state) !== false);
      const shown = answer.courses.length === 1 && made.length > 0 ? made : possible;
      if (shown.length === 0) return [];
      return [make("h3", { tabindex: "-1" }, say("Bạn nhận được", "What you receive")), make("ul", {}, shown.map(({ outcome }) => make("li", {}, outcome.name)))];
    }

    /** What must hold: it is taken to hold unless it is denied. */
    requirements({ rules, state }) {
      const { say } = this;
      const asked = rules.requirements.filter(([id]) => state[id]);
      if (asked.length === 0) return [];
      const change = id => event => {
        if (event.target.checked) this.answers.delete(id);
        else this.answers.set(id, { value: false, text: say(`Không đáp ứng: ${event.target.dataset.text}`, `Not met: ${event.target.dataset.text}`) });
        this.show(event.target.id);
      };
      const rows = asked.map(([id, text], at) =>
        make("label", { class: "choice" }, make("input", { type: "checkbox", id: `requirement-${at}`, "data-fact": id, "data-text": text, checked: this.answers.get(id)?.value !== false, onchange: change(id) }), text),
      );
      const denied = asked.some(([id]) => this.answers.has(id));
      return [make("details", { class: "asking", id: "requirements", open: denied }, make("summary", {}, say("Điều kiện phải đáp ứng (bỏ chọn điều không đáp ứng)", "Requirements (clear what is not met)")), rows)];
    }

    /** What only the agency knows is not asked; whoever wants to may try. */
    byAgency(question, later) {
      const { say } = this;
      if (later.length === 0) return [];
      const note = say("Phần còn tùy trường hợp ở trên do cơ quan xác định khi giải quyết. Có thể thử:", "What is still open above is for the agency to find. You may try:");
      return [make("details", { class: "asking", id: "by-agency", tabindex: "-1" }, make("summary", {}, say("Điều do cơ quan xác định", "What the agency decides")), make("p", {}, note), this.ask(question, later[0], true))];
    }
  }

  const clock = minute => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

  if (globalThis.document) thutuc.wizard = data => (thutuc.asked = new Wizard(data, document.getElementById("wizard")));
})(globalThis.thutuc);
