// Keeps an open page fresh, sends its forms without leaving it, and leads back to the chat.
// Without this script the page works as well: by links, forms and reloading.
const EVERY = 15000;
let tag = null;

const main = () => document.querySelector("main");

function isBusy() {
  const written = [...document.querySelectorAll("textarea")].some((each) => each.value.trim());
  return written || document.querySelector("input[type=radio]:checked") || document.querySelector("form :focus");
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const next = fresh.querySelector("main");
  if (!next) return;
  const said = main().querySelector(".said");
  if (said && !next.querySelector(".said")) next.prepend(said);
  document.title = fresh.title;
  main().replaceWith(next);
  dress();
}

async function look() {
  if (document.hidden || isBusy()) return;
  const headers = tag ? { "If-None-Match": tag } : {};
  try {
    const answer = await fetch(location.pathname, { headers, cache: "no-store" });
    if (answer.status === 200) {
      const html = await answer.text();
      if (isBusy()) return;
      tag = answer.headers.get("ETag");
      show(html);
    } else if (answer.status === 404 || answer.status === 410) {
      show(await answer.text());
    }
  } catch {
    // The network is away: the next look will tell.
  }
}

async function send(event) {
  const form = event.target;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    main().querySelector(".said")?.remove();
    show(await answer.text());
    tag = null;
    window.scrollTo({ top: 0 });
  } catch {
    button.disabled = false;
    form.submit();
  }
}

// WeChat's own browser can be closed by a page that it shows; then the chat is there again.
function dress() {
  document.querySelectorAll("form").forEach((form) => { form.onsubmit = send; });
  const back = document.querySelector(".back");
  if (back && window.WeixinJSBridge) {
    back.hidden = false;
    back.onclick = () => window.WeixinJSBridge.call("closeWindow");
  }
}

document.addEventListener("WeixinJSBridgeReady", dress);
document.addEventListener("visibilitychange", look);
dress();
setInterval(look, EVERY);
