// One of the three panels: people on top, the chat, suggestions, and the line to type in.
import { el } from "./markup.js";
import { avatar, bubble, stamp } from "./bubbles.js";

export class Seat {
  // `role` provides: title, hint, people(), seatOf(id), view(id), send(id, text), chips(id), about(id)
  constructor(root, store, role) {
    Object.assign(this, { root, store, role, current: null, shown: null, nodes: new Map() });
    this.people = el("div", { class: "people", role: "group", "aria-label": `选择${role.title}` });
    this.about = el("div", { class: "about" });
    this.extra = el("div", {});
    this.chat = el("div", { class: "chat", role: "log", "aria-label": `${role.title}的聊天` });
    this.chips = el("div", { class: "chips" });
    this.tools = el("div", { class: "drawer", hidden: true });
    this.tabs = el("div", { class: "tabs", role: "tablist", hidden: true });
    this.build();
  }

  build() {
    this.input = el("textarea", { rows: 1, placeholder: this.role.placeholder, "aria-label": `${this.role.title}输入`, onkeydown: (event) => this.key(event) });
    const more = this.role.tools
      ? el("button", { type: "button", class: "more", title: "更多", "aria-label": "更多", onclick: () => this.toggleTools() }, "+")
      : null;
    const form = el("form", { class: "compose", onsubmit: (event) => { event.preventDefault(); this.submit(); } }, more, this.input, el("button", { type: "submit" }, "发送"));
    const head = el("div", { class: "seat-head" }, el("h2", {}, this.role.title), el("span", {}, this.role.hint), this.tabs);
    this.root.replaceChildren(head, this.people, this.about, this.extra, this.chat, this.chips, form, this.tools);
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text || !this.current) return;
    this.input.value = "";
    await this.role.guard(() => this.role.send(this.current, text));
  }

  toggleTools() {
    if (!this.current) return;
    this.tools.hidden = !this.tools.hidden;
    if (!this.tools.hidden) this.tools.replaceChildren(...this.role.tools(this.current));
    this.chat.scrollTop = this.chat.scrollHeight;
  }

  async choose(id) {
    this.current = id;
    this.tools.hidden = true;
    await this.draw(true);
  }

  async draw(jump = false) {
    const people = this.role.people();
    if (!people.some((one) => one.id === this.current)) this.current = people[0]?.id ?? null;
    this.drawPeople(people);
    if (!this.current) return;
    this.about.replaceChildren(...this.role.about(this.current));
    this.extra.replaceChildren(...(this.role.extra?.(this.current) || []));
    this.drawChips();
    await this.drawChat(jump);
  }

  drawPeople(people) {
    const add = this.role.add ? el("button", { type: "button", class: "person add", onclick: () => this.addPerson() }, el("div", { class: "avatar" }, "+"), el("span", {}, "新顾客")) : null;
    this.people.replaceChildren(...people.map((one) => this.person(one)), ...(add ? [add] : []));
  }

  person(one) {
    const unread = this.store.unread.get(this.role.seatOf(one.id)) || 0;
    const chosen = one.id === this.current;
    return el(
      "button",
      { type: "button", class: "person", "data-id": one.id, "aria-pressed": String(chosen), title: one.name, onclick: () => this.choose(one.id) },
      avatar(one.name, one.id),
      el("span", {}, one.name),
      unread && !chosen ? el("em", {}, String(unread)) : null
    );
  }

  async addPerson() {
    await this.role.guard(async () => {
      this.current = await this.role.add();
      await this.draw(true);
      this.people.scrollLeft = this.people.scrollWidth;
      this.input.focus();
    });
  }

  drawChips() {
    const chips = this.role.chips(this.current);
    this.chips.hidden = !chips.length;
    this.chips.replaceChildren(
      ...chips.map((chip) => {
        const act = chip.act || (() => this.role.send(this.current, chip.text));
        return el("button", { type: "button", class: chip.plain ? "plain" : "", onclick: () => this.role.guard(act) }, chip.text);
      })
    );
  }

  async drawChat(jump) {
    const name = this.role.view(this.current);
    this.store.open.delete(this.shown);
    this.shown = name;
    const lines = name ? await this.store.seat(name) : [];
    if (this.shown !== name) return;
    if (name) {
      this.store.open.add(name);
      this.store.unread.delete(name);
    }
    const atEnd = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < 80;
    const drawn = this.drawLines(lines);
    const wanted = drawn.length ? drawn : [el("div", { class: "empty" }, this.role.empty(this.current))];
    // What has not changed stays in place, so that a choice in a card is not lost.
    const same = wanted.length === this.chat.childNodes.length && wanted.every((node, index) => node === this.chat.childNodes[index]);
    if (!same) this.chat.replaceChildren(...wanted);
    if (jump || atEnd) this.chat.scrollTop = this.chat.scrollHeight;
  }

  drawLines(lines) {
    const kept = new Map();
    const drawn = [];
    let before;
    for (const line of lines) {
      const key = `${this.current}/${line.seat}/${line.id}/${line.seq}`;
      const nodes = this.nodes.get(key) || [stamp(line.at, before), bubble(line, this.role.look(this.current))].filter(Boolean);
      kept.set(key, nodes);
      drawn.push(...nodes);
      before = line.at;
    }
    this.nodes = kept;
    return drawn;
  }

  concerns(seat) {
    return seat === this.shown;
  }
}
