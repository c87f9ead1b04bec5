// What happens behind the chat: callbacks to the bot, and the bot's API calls, newest first.
import { el } from "./markup.js";

const REFRESH_MS = 1500;
const SHOWN = 60;
const time = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const OUTCOMES = { delivered: "已送达", failed: "三次都没送到", dropped: "按设置丢弃", pending: "投递中" };

async function read(path, name) {
  return (await (await fetch(`/sandbox/${path}?last=${SHOWN}`)).json())[name];
}

function ofDelivery(one) {
  const last = one.attempts.at(-1);
  const tries = one.attempts.length > 1 ? `（第 ${one.attempts.length} 次）` : "";
  return {
    at: one.attempts[0]?.at ?? 0, arrow: "→ 回调", name: `${one.event} ${one.summary}`, bad: one.outcome === "failed",
    result: OUTCOMES[one.outcome] + tries + (last?.error ? ` ${last.error}` : ""), ms: last?.latency_ms,
  };
}

function ofCall(one) {
  return { at: one.at, arrow: "← 接口", name: one.path, bad: one.errcode !== 0, result: one.errcode ? `${one.errcode} ${one.errmsg.split(", hint")[0]}` : "ok", ms: one.ms };
}

export class Backstage {
  constructor(root) {
    this.root = root;
    this.timer = 0;
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    clearInterval(this.timer);
    if (this.root.hidden) return;
    this.draw();
    this.timer = setInterval(() => this.draw(), REFRESH_MS);
  }

  async draw() {
    const [deliveries, calls] = await Promise.all([read("deliveries", "deliveries"), read("calls", "calls")]);
    const rows = [...deliveries.map(ofDelivery), ...calls.map(ofCall)].sort((a, b) => b.at - a.at).slice(0, SHOWN);
    const close = el("button", { type: "button", "aria-label": "关闭幕后", onclick: () => this.toggle() }, "×");
    const list = rows.map((row) =>
      el(
        "li",
        { class: row.bad ? "bad" : "" },
        el("time", {}, row.at ? time.format(new Date(row.at * 1000)) : ""),
        el("span", {}, row.arrow),
        el("b", {}, row.name),
        el("i", {}, row.result),
        el("em", {}, row.ms === undefined ? "" : `${Math.round(row.ms)} ms`)
      )
    );
    const head = el("header", {}, el("h2", {}, "幕后"), el("p", {}, "企业微信推给掌柜的回调，和掌柜调用的接口"), close);
    this.root.replaceChildren(head, el("ol", {}, ...list));
  }
}
