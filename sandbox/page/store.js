// Keeps the world as the sandbox tells it: one snapshot, then a stream of changes.

export const customerSeat = (kfid, id) => `customer:${kfid}:${id}`;
export const memberSeat = (userid) => `member:${userid}`;

export async function post(path, body) {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(body || {}) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error || `HTTP ${answer.status}`);
  return data;
}

export class Store {
  constructor(onChange) {
    this.onChange = onChange;
    this.world = null;
    this.sessions = new Map();
    this.lines = new Map();
    this.unread = new Map();
    this.open = new Set();
  }

  async start() {
    this.world = await (await fetch("/sandbox/state")).json();
    this.sessions = new Map(this.world.sessions.map((one) => [customerSeat(one.open_kfid, one.external_userid), one]));
    this.lines.clear();
    this.follow(this.world.seq);
    this.onChange("world");
  }

  follow(seq) {
    this.stream?.close();
    const stream = new EventSource(`/sandbox/events?since=${seq}`);
    let lost = false;
    stream.onerror = () => {
      lost = true;
      this.onChange("offline");
    };
    // After a break the snapshot is read again: the sandbox may have been started anew.
    stream.onopen = () => lost && this.start();
    stream.onmessage = (event) => this.take(JSON.parse(event.data));
    this.stream = stream;
  }

  take({ kind, data }) {
    if (kind === "line") this.takeLine(data);
    else if (kind === "session") this.sessions.set(customerSeat(data.open_kfid, data.external_userid), data);
    else if (kind === "bot") this.world.bot = data;
    else if (kind === "menu") this.world.menu = data;
    else if (kind === "clock") Object.assign(this.world, { now: data.now, offset_seconds: data.offset_seconds });
    else if (kind === "customer") this.addCustomer(data);
    else if (kind === "member") this.world.staff.push(data);
    this.onChange(kind, data);
  }

  addCustomer(customer) {
    const known = this.world.customers.some((one) => one.external_userid === customer.external_userid);
    if (!known) this.world.customers.push(customer);
  }

  takeLine(line) {
    const seat = this.lines.get(line.seat);
    const known = seat?.findIndex((one) => one.id === line.id) ?? -1;
    if (known >= 0) seat[known] = line;
    else seat?.push(line);
    if (known < 0 && !["customer", "member"].includes(line.sender) && !this.open.has(line.seat)) {
      this.unread.set(line.seat, (this.unread.get(line.seat) || 0) + 1);
    }
  }

  async seat(name) {
    if (!this.lines.has(name)) {
      const answer = await (await fetch(`/sandbox/transcript?seat=${encodeURIComponent(name)}`)).json();
      this.lines.set(name, answer.lines);
    }
    return this.lines.get(name);
  }
}
