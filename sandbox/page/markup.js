// Turns WeCom's text, markdown subset and cards into DOM; everything is escaped first.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "html") node.innerHTML = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const escape = (text) =>
  String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const safeUrl = (url) => (/^(https?:|weixin:|\/)/i.test(url) ? url : "#");
const link = (url, label) =>
  `<a href="${escape(safeUrl(url))}" target="_blank" rel="noopener noreferrer">${label}</a>`;

// Plain text: <a href> is allowed by WeCom, bare addresses become links.
export function richText(text) {
  const parts = String(text).split(/(<a\s+href=["'][^"']*["'][^>]*>[\s\S]*?<\/a>|https?:\/\/[^\s<>"'，。；、）]+)/i);
  return parts
    .map((part) => {
      const anchor = /^<a\s+href=["']([^"']*)["'][^>]*>([\s\S]*?)<\/a>$/i.exec(part);
      if (anchor) return link(anchor[1], escape(anchor[2]));
      if (/^https?:\/\//i.test(part)) return link(part, escape(part));
      return escape(part);
    })
    .join("");
}

function inline(text) {
  return escape(text)
    .replace(/&#60;font color=&#34;(info|comment|warning)&#34;&#62;(.*?)&#60;\/font&#62;/g, '<span class="md-$1">$2</span>')
    .replace(/&#60;@([\w.-]+)&#62;/g, '<span class="md-at">@$1</span>')
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label, url) => {
      const plain = url.replace(/&#(\d+);/g, (__, code) => String.fromCharCode(code));
      return link(plain, label);
    });
}

// The subset that the WeCom client draws: headings, bold, links, code, quotes, three colours.
export function markdown(text) {
  const out = [];
  for (const line of String(text).split("\n")) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const quote = /^>\s?(.*)$/.exec(line);
    if (heading) out.push(`<div class="md-h md-h${heading[1].length}">${inline(heading[2])}</div>`);
    else if (quote) out.push(`<div class="md-quote">${inline(quote[1]) || "&nbsp;"}</div>`);
    else if (!line.trim()) out.push('<div class="md-gap"></div>');
    else out.push(`<div>${inline(line)}</div>`);
  }
  return out.join("");
}

export function menuBubble(body, onPick) {
  const box = el("div", { class: "bubble menu" });
  if (body.head_content) box.append(el("div", { class: "menu-head", html: richText(body.head_content) }));
  for (const item of body.list || []) {
    if (item.type === "click") {
      const pick = () => onPick(item.click);
      box.append(el("button", { type: "button", class: "menu-item", onclick: pick }, item.click.content));
    } else if (item.type === "view") {
      box.append(el("div", { class: "menu-link", html: link(item.view.url, escape(item.view.content)) }));
    } else if (item.type === "text") {
      box.append(el("div", { class: "menu-text" }, item.text.content));
    } else {
      box.append(el("div", { class: "menu-link" }, item[item.type]?.content || "小程序"));
    }
  }
  if (body.tail_content) box.append(el("div", { class: "menu-tail", html: richText(body.tail_content) }));
  return box;
}

export function linkBubble(body, hint) {
  return el(
    "a",
    { class: "bubble link-card", href: safeUrl(body.url || "#"), target: "_blank", rel: "noopener noreferrer" },
    el("b", {}, body.title || ""),
    el("span", {}, body.desc || body.description || ""),
    el("i", {}, hint)
  );
}

function rows(card) {
  const list = card.horizontal_content_list || [];
  if (!list.length) return null;
  const table = el("dl", { class: "card-rows" });
  for (const row of list) {
    const value = row.type === 1 ? el("a", { href: safeUrl(row.url), target: "_blank", rel: "noopener noreferrer" }, row.value || "") : row.value || row.userid || "";
    table.append(el("dt", {}, row.keyname), el("dd", {}, value));
  }
  return table;
}

function choices(name, options, multiple) {
  return el(
    "div",
    { class: "card-choices" },
    ...options.map((option, index) =>
      el(
        "label",
        {},
        el("input", { type: multiple ? "checkbox" : "radio", name, value: option.id, checked: option.is_checked || (!multiple && index === 0 && option.first) }),
        option.text
      )
    )
  );
}

function dropdown(selection, locked) {
  const box = el("select", { "data-question": selection.question_key, disabled: locked || selection.disable });
  for (const option of selection.option_list || []) {
    box.append(el("option", { value: option.id, selected: option.id === selection.selected_id }, option.text));
  }
  return el("label", { class: "card-select" }, selection.title || "", box);
}

function readSelected(root, card) {
  const selected = {};
  for (const box of root.querySelectorAll("select[data-question]")) selected[box.dataset.question] = [box.value];
  if (card.checkbox) {
    selected[card.checkbox.question_key] = [...root.querySelectorAll("input:checked")].map((box) => box.value);
  }
  return selected;
}

function buttons(card, root, locked, onClick) {
  if (locked) return el("div", { class: "card-buttons" }, el("button", { type: "button", disabled: true }, locked));
  const list = card.button_list || (card.submit_button ? [{ ...card.submit_button, style: 1 }] : []);
  if (!list.length) return null;
  return el(
    "div",
    { class: `card-buttons n${Math.min(list.length, 3)}` },
    ...list.map((button) =>
      el("button", { type: "button", class: `style-${button.style || 1}`, onclick: () => onClick(button.key, readSelected(root, card)) }, button.text)
    )
  );
}

function extras(card) {
  const found = [];
  if (card.quote_area) {
    found.push(el("div", { class: "card-quote" }, el("b", {}, card.quote_area.title || ""), el("div", {}, card.quote_area.quote_text || "")));
  }
  if (card.emphasis_content) {
    found.push(el("div", { class: "card-emphasis" }, el("b", {}, card.emphasis_content.title || ""), el("span", {}, card.emphasis_content.desc || "")));
  }
  if (card.sub_title_text) found.push(el("div", { class: "card-sub" }, card.sub_title_text));
  return found;
}

function jumps(card) {
  const found = [...(card.jump_list || [])];
  if (card.card_type === "text_notice" && card.card_action?.url) found.push({ title: "查看详情", url: card.card_action.url });
  if (!found.length) return null;
  return el("div", { class: "card-jumps" }, ...found.map((jump) => el("a", { href: safeUrl(jump.url || "#"), target: "_blank", rel: "noopener noreferrer" }, jump.title)));
}

export function templateCard(card, onClick) {
  const root = el("div", { class: "bubble card" });
  const locked = card.replace_name || card.replace_text || "";
  if (card.source?.desc) root.append(el("div", { class: `card-source color-${card.source.desc_color || 0}` }, card.source.desc));
  if (card.main_title?.title) root.append(el("div", { class: "card-title" }, card.main_title.title));
  if (card.main_title?.desc) root.append(el("div", { class: "card-desc" }, card.main_title.desc));
  root.append(...extras(card));
  const table = rows(card);
  if (table) root.append(table);
  if (card.button_selection) root.append(dropdown(card.button_selection, Boolean(locked)));
  for (const selection of card.select_list || []) root.append(dropdown(selection, Boolean(locked)));
  if (card.checkbox) root.append(choices(card.checkbox.question_key, card.checkbox.option_list, card.checkbox.mode === 1));
  for (const part of [buttons(card, root, locked, onClick), jumps(card)]) if (part) root.append(part);
  for (const action of locked ? [] : card.action_menu?.action_list || []) {
    root.append(el("button", { type: "button", class: "card-action", onclick: () => onClick(action.key, {}) }, action.text));
  }
  return root;
}
