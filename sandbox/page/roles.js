// What differs between the three seats: who sits there, what they may do, how lines look.
import { el } from "./markup.js";
import { avatar, botAvatar } from "./bubbles.js";
import { customerSeat, memberSeat, post } from "./store.js";

const SESSION = { 0: "新会话", 1: "掌柜接待中", 2: "排队等人工", 3: "人工接待中", 4: "未开始" };
const HINTS = { agent: "客服", supervisor: "主管", manager: "店长", admin: "管理员" };

export function customerRole(store, guard) {
  const find = (id) => store.world.customers.find((one) => one.external_userid === id);
  const seatOf = (id) => customerSeat(find(id).open_kfid, id);
  const say = (id, body) => post("/sandbox/customer/message", { external_userid: id, ...body });
  const enter = (id, scene_param) => post("/sandbox/customer/enter", { external_userid: id, scene: "product", scene_param });

  const state = (id) => {
    const session = store.sessions.get(seatOf(id));
    if (!session) return el("span", { class: "session" }, SESSION[4]);
    if (session.state === 4 && session.last_customer_at) return el("span", { class: "session" }, "会话已结束");
    const left = session.state < 2 ? ` · 还可回 ${session.budget} 条` : "";
    return el("span", { class: `session s${session.state}`, title: "微信客服会话状态" }, SESSION[session.state] + left);
  };

  const add = async () => {
    const number = store.world.customers.filter((one) => one.nickname.startsWith("新顾客")).length + 1;
    const made = await post("/sandbox/customers", { nickname: `新顾客${number}`, story: "刚从朋友那里拿到客服二维码，店里没有 TA 的任何记录。" });
    store.addCustomer(made);
    return made.external_userid;
  };

  const productLink = (item) => {
    const [, shop, number] = item.split(":");
    const shelf = shop?.startsWith("youzan") ? "youzan" : "taobao";
    return { title: "我在看这个商品", desc: item, url: `${location.origin}/${shelf}/goods/${number}` };
  };

  const tools = (id) => {
    const seen = store.sessions.get(seatOf(id))?.scene_param || "item:youzan-main:1287450101";
    const item = el("input", { value: seen });
    const button = (label, act) => el("button", { type: "button", onclick: () => guard(act) }, label);
    return [
      button("发图片", () => say(id, { image: true })),
      button("发位置", () => say(id, { location: { latitude: 31.1945, longitude: 121.4365, name: "徐家汇", address: "上海市徐汇区虹桥路1号" } })),
      button("发商品链接", () => say(id, { link: productLink(item.value) })),
      button("从商品页进来", () => enter(id, item.value)),
      el("label", {}, "哪件商品", item),
    ];
  };

  return {
    title: "顾客", hint: "在微信里和门店客服聊天", placeholder: "以顾客的身份说点什么，回车发送", guard, tools, add, seatOf,
    people: () => store.world.customers.map((one) => ({ id: one.external_userid, name: one.nickname })),
    view: seatOf,
    send: (id, text) => say(id, { text }),
    chips: (id) => (find(id).suggestions || []).map((text) => ({ text })),
    about: (id) => [el("p", { title: find(id).story || null }, find(id).story || "一位新顾客。"), state(id)],
    empty: (id) => `${find(id).nickname}还没有说过话，点下面的一句试试。`,
    look: (id) => ({
      mine: ["customer"],
      act: { pick: (click) => guard(() => say(id, { menu: { id: click.id || click.content, content: click.content } })), card: () => {} },
      face: (line) => {
        if (line.sender === "customer") return { name: find(id).nickname, avatar: avatar(find(id).nickname, id) };
        if (line.sender === "servicer") return { name: nameOf(store, line.author), avatar: avatar(nameOf(store, line.author), line.author) };
        return { name: store.world.merchant, avatar: botAvatar(store.world.merchant) };
      },
    }),
  };
}

const nameOf = (store, userid) => store.world.staff.find((one) => one.userid === userid)?.name || userid;

// Agents have a second tab: the customers whom they serve themselves in the WeCom client.
export function memberRole(store, guard, { title, hint, roles, placeholder, serves, chips, redraw }) {
  let tab = "app";
  let served = null;
  const find = (id) => store.world.staff.find((one) => one.userid === id);
  const waiting = (id) => [...store.sessions.values()].filter((one) => one.state === 2 || (one.state === 3 && one.servicer === id));
  const key = (one) => customerSeat(one.open_kfid, one.external_userid);
  const nick = (one) => store.world.customers.find((c) => c.external_userid === one.external_userid)?.nickname || "顾客";
  const chosen = (id) => waiting(id).find((one) => key(one) === served) || waiting(id)[0];
  const serving = () => serves && tab === "kf";
  const about = (one, userid) => ({ userid, open_kfid: one.open_kfid, external_userid: one.external_userid });

  const extra = (id) => {
    if (!serving()) return [];
    const list = waiting(id);
    const now = chosen(id);
    if (!now) return [el("div", { class: "served" }, el("p", {}, "现在没有转给 TA 的顾客。"))];
    const pick = (one) => el("button", { type: "button", "aria-pressed": String(one === now), onclick: () => { served = key(one); redraw(true); } }, nick(one) + (one.state === 2 ? "（排队）" : ""));
    const act = now.state === 2
      ? el("button", { type: "button", class: "end", onclick: () => guard(() => post("/sandbox/servicer/take", about(now, id))) }, "接入")
      : el("button", { type: "button", class: "end", onclick: () => guard(() => post("/sandbox/servicer/end", about(now, id))) }, "结束会话");
    return [el("div", { class: "served" }, ...list.map(pick), act)];
  };

  const appLook = (id) => ({
    mine: ["member"],
    act: { pick: () => {}, card: (line, key, selected) => guard(() => post("/sandbox/staff/card", { userid: id, msgid: line.id, key, selected })) },
    face: (line) => (line.sender === "member" ? { name: find(id).name, avatar: avatar(find(id).name, id) } : { name: "掌柜", avatar: botAvatar() }),
  });
  const servedLook = (id) => ({
    mine: ["servicer", "bot"],
    act: { pick: () => {}, card: () => {} },
    face: (line) => {
      if (line.sender === "servicer") return { name: nameOf(store, line.author), avatar: avatar(nameOf(store, line.author), line.author) };
      if (line.sender === "bot") return { name: "掌柜", avatar: botAvatar() };
      return { name: nick(chosen(id) || {}), avatar: avatar(nick(chosen(id) || {}), chosen(id)?.external_userid) };
    },
  });

  const menuChips = (id) => {
    const flat = (store.world.menu?.button || []).flatMap((one) => (one.sub_button?.length ? one.sub_button : [one]));
    return flat.filter((one) => one.type === "click").map((one) => ({ text: one.name, plain: true, act: () => post("/sandbox/staff/event", { userid: id, event: "click", key: one.key }) }));
  };

  return {
    title, hint, placeholder, guard, serves, extra,
    seatOf: (id) => memberSeat(id),
    people: () => store.world.staff.filter((one) => roles.includes(one.role)).map((one) => ({ id: one.userid, name: one.name })),
    view: (id) => (serving() ? (chosen(id) ? key(chosen(id)) : null) : memberSeat(id)),
    send: (id, text) => {
      if (!serving()) return post("/sandbox/staff/message", { userid: id, text });
      if (!chosen(id)) throw new Error("现在没有转给 TA 的顾客");
      return post("/sandbox/servicer/say", { ...about(chosen(id), id), text });
    },
    chips: (id) => (serving() ? [] : [...chips.map((text) => ({ text })), ...menuChips(id)]),
    about: (id) => [el("p", {}, serving() ? "在企业微信里亲自接待顾客" : `${find(id).name}（${HINTS[find(id).role] || "同事"}）和「掌柜」应用的聊天`)],
    empty: () => (serving() ? "掌柜把顾客转给人工后，会出现在这里。" : "还没有消息。掌柜有事会找过来，也可以先发 /帮助。"),
    look: (id) => (serving() ? servedLook(id) : appLook(id)),
    tabs: (id) => ({ tab, waiting: waiting(id).length, choose: (next) => { tab = next; redraw(true); } }),
  };
}
