// Wires the store to the three seats, the clock and the status pills.
import { el } from "./markup.js";
import { Backstage } from "./backstage.js";
import { Seat } from "./seat.js";
import { customerRole, memberRole } from "./roles.js";
import { Store, post } from "./store.js";

const $ = (id) => document.getElementById(id);
const ZONE = "Asia/Shanghai";
const hhmm = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const dayName = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "long", day: "numeric", weekday: "short" });
const DIGEST_HOUR = 9;
const SHANGHAI_SECONDS = 8 * 3600;
const DAY_SECONDS = 24 * 3600;

const seats = [];
const store = new Store(changed);
const backstage = new Backstage($("backstage"));

function say(text) {
  $("banner").textContent = text || "";
  $("banner").hidden = !text;
}

async function guard(act) {
  try {
    await act();
  } catch (problem) {
    say(`没有做成：${problem.message}`);
    setTimeout(() => say(""), 6000);
  }
}

const redraw = (jump) => Promise.all(seats.map((seat) => seat.draw(jump)));

function build() {
  const agent = memberRole(store, guard, {
    title: "客服", hint: "在企业微信里处理工单", roles: ["agent", "supervisor"], serves: true, chips: ["/帮助", "/工单", "/库存 学步鞋"],
    placeholder: "以客服的身份发消息或斜杠命令，回车发送", redraw: (jump) => agentSeat.draw(jump).then(drawTabs),
  });
  const manager = memberRole(store, guard, {
    title: "店长", hint: "每天早上 9 点收到简报", roles: ["manager", "admin"], serves: false, chips: ["/简报", "/店铺", "/帮助"],
    placeholder: "以店长的身份发消息，回车发送", redraw,
  });
  const agentSeat = new Seat($("seat-agent"), store, agent);
  seats.push(new Seat($("seat-customer"), store, customerRole(store, guard)), agentSeat, new Seat($("seat-manager"), store, manager));
  drawTabs();
}

function drawTabs() {
  const seat = seats[1];
  if (!seat?.current) return;
  const { tab, waiting, choose } = seat.role.tabs(seat.current);
  const make = (id, label, count) =>
    el("button", { type: "button", role: "tab", "aria-selected": String(tab === id), onclick: () => choose(id) }, label, count ? el("em", {}, String(count)) : null);
  seat.tabs.hidden = false;
  seat.tabs.replaceChildren(make("app", "掌柜", 0), make("kf", "接待", waiting));
}

function drawStatus() {
  const { bot } = store.world;
  const check = { verified: ["good", "回调已校验"], refused: ["bad", `回调校验没通过：${bot.detail}`], waiting: ["wait", "回调等待校验"] }[bot.verification];
  const there = bot.reachable ? ["good", "掌柜在线"] : ["bad", "掌柜没有应答"];
  $("status").replaceChildren(
    el("span", { class: `pill ${there[0]}`, title: bot.callback_url }, there[1]),
    el("span", { class: `pill ${check[0]}`, title: bot.callback_url }, check[1]),
    el("button", { type: "button", class: "pill plain", onclick: () => backstage.toggle() }, "幕后")
  );
}

const fakeSeconds = () => Date.now() / 1000 + store.world.offset_seconds + store.skew;

function drawClock() {
  if (!store.world) return;
  const now = new Date(fakeSeconds() * 1000);
  const days = Math.floor(store.world.offset_seconds / DAY_SECONDS);
  $("clock-time").textContent = hhmm.format(now);
  $("clock-date").textContent = dayName.format(now) + (days ? ` · +${days} 天` : "");
}

function secondsToDigest() {
  const local = fakeSeconds() + SHANGHAI_SECONDS;
  const today = Math.floor(local / DAY_SECONDS) * DAY_SECONDS + DIGEST_HOUR * 3600;
  return Math.ceil((today > local ? today : today + DAY_SECONDS) - local) + 1;
}

const TURNS = {
  "ten-minutes": () => store.world.offset_seconds + 600,
  digest: () => store.world.offset_seconds + secondsToDigest(),
  "two-days": () => store.world.offset_seconds + 2 * DAY_SECONDS,
  reset: () => 0,
};

async function turn(name) {
  const answer = await post("/sandbox/clock", { offset_seconds: Math.round(TURNS[name]()) });
  say(answer.bot.ok ? "" : "时间已经拨了，但掌柜没有跟着拨（它需要以 DEV_CLOCK=true 启动）。");
}

function changed(kind, data) {
  if (kind === "offline") return say("和试用台的连接断开了，正在重连……");
  if (kind === "world") {
    say("");
    store.skew = (Date.parse(store.world.now) - Date.now()) / 1000 - store.world.offset_seconds;
    $("merchant").textContent = store.world.merchant;
    if (!seats.length) build();
  }
  if (kind === "world" || kind === "bot") drawStatus();
  drawClock();
  if (kind === "bot" || kind === "clock") return undefined;
  if (kind === "line") for (const seat of seats) dirty.add(seat.concerns(data.seat) ? seat.chat : seat.people);
  else dirty.add("all");
  drawSoon(kind === "world");
  return undefined;
}

const dirty = new Set();
let drawing = 0;

// Many changes in one moment are drawn once.
function drawSoon(jump) {
  if (drawing) return;
  drawing = setTimeout(() => {
    drawing = 0;
    const wanted = new Set(dirty);
    dirty.clear();
    if (wanted.has("all")) redraw(jump).then(drawTabs);
    else {
      for (const seat of seats) {
        if (wanted.has(seat.chat)) seat.drawChat(false);
        if (wanted.has(seat.people)) seat.drawPeople(seat.role.people());
      }
    }
  }, jump ? 0 : 40);
}

for (const button of document.querySelectorAll("[data-turn]")) {
  button.addEventListener("click", () => guard(() => turn(button.dataset.turn)));
}
setInterval(drawClock, 1000);
store.start();
