// One line of a chat as the seat's owner sees it.
import { el, linkBubble, markdown, menuBubble, richText, templateCard } from "./markup.js";

const ZONE = "Asia/Shanghai";
const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "numeric", day: "numeric" });
const TONES = ["#5b8f7b", "#7d8bb0", "#b0846a", "#8a7aa8", "#6a95a5", "#a0905c", "#b07a86"];

const STATES = {
  rejected: "没有发出去",
  dropped: "被静默丢弃",
  suppressed: "重复，未显示",
  failed: "发送失败",
  recalled: "已撤回",
};
const REASONS = {
  95001: "顾客再说话之前，最多回 5 条",
  95002: "顾客超过 48 小时没有说话",
  95018: "会话不在机器人手里",
};

export function avatar(name, key) {
  let sum = 0;
  for (const letter of key || name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return el("div", { class: "avatar", style: `background:${TONES[sum % TONES.length]}`, "aria-hidden": "true" }, [...name][0] || "?");
}

export function botAvatar(name = "掌柜") {
  return el("div", { class: "avatar", style: "background:#255f4c", "aria-hidden": "true" }, [...name][0]);
}

export function stamp(at, before) {
  const now = new Date(at * 1000);
  if (before !== undefined && at - before < 300) return null;
  return el("div", { class: "stamp" }, `${day.format(now)} ${clock.format(now)}`);
}

function content(line, act) {
  const { kind, body } = line;
  if (kind === "text") return el("div", { class: "bubble", html: richText(body.content) });
  if (kind === "markdown") return el("div", { class: "bubble markdown", html: markdown(body.content) });
  if (kind === "msgmenu") return menuBubble(body, act.pick);
  if (kind === "link") return linkBubble(body, "链接");
  if (kind === "textcard") return linkBubble({ ...body, desc: String(body.description).replace(/<[^>]+>/g, "") }, body.btntxt || "详情");
  if (kind === "news") return linkBubble(body.articles[0], "图文");
  if (kind === "template_card") return templateCard(body, (key, selected) => act.card(line, key, selected));
  if (kind === "image") return el("div", { class: "bubble picture" }, "图片");
  if (kind === "location") return linkBubble({ title: body.name || "我的位置", desc: body.address || `${body.latitude}, ${body.longitude}` }, "位置");
  if (kind === "channels_shop_product") return linkBubble({ title: body.title, desc: `￥${(Number(body.sales_price) / 100).toFixed(2)}` }, body.shop_nickname || "商品");
  return el("div", { class: "bubble" }, `［${kind}］`);
}

function state(line) {
  const code = Number.parseInt(line.note, 10);
  const reason = REASONS[code] ? `${REASONS[code]}（${code}）` : line.note;
  if (line.state === "sent") return line.note ? el("div", { class: "state" }, line.note) : null;
  return el("div", { class: "state bad" }, [STATES[line.state] || line.state, reason].filter(Boolean).join(" · "));
}

// `mine`: which senders sit on the right; `face`: name and avatar of a sender.
export function bubble(line, { mine, face, act }) {
  if (line.kind === "notice") return el("div", { class: "notice", title: line.body.scene_param || "" }, line.body.text);
  if (line.state === "recalled") return el("div", { class: "notice" }, "一条消息已撤回");
  const own = mine.includes(line.sender);
  const who = face(line);
  return el(
    "div",
    { class: `row ${own ? "mine" : ""} ${line.state}`, "data-line": line.id, "data-sender": line.sender, title: clock.format(new Date(line.at * 1000)) },
    who.avatar,
    el("div", { class: "stack" }, own ? null : el("div", { class: "name" }, who.name), content(line, act), state(line))
  );
}
