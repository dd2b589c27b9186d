import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Resident bytes of a process and all its descendants; 0 where /proc does not exist. */
export function residentBytes(root: number): number {
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const entry of safely(() => readdirSync('/proc'), [])) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const status = safely(() => readFileSync(`/proc/${pid}/status`, 'utf8'), '');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
    resident.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
  }
  const sum = (pid: number): number =>
    (resident.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root);
}

/** Milliseconds of processors that a process has used, all its threads together; 0 where /proc does not exist. */
export function processorMs(pid: number): number {
  const [, fields = ''] = safely(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * TICK_MS;
}

/** Linux's `USER_HZ` is 100 on every machine that Node runs on. */
const TICK_MS = 10;

/** The process that listens on a TCP port of this machine, or undefined. */
export function listenerOf(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    safely(() => readFileSync(file, 'utf8'), '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
      .map((fields) => `socket:[${fields[9]}]`),
  );
  for (const entry of safely(() => readdirSync('/proc'), [])) {
    if (!/^\d+$/.test(entry)) continue;
    for (const descriptor of safely(() => readdirSync(`/proc/${entry}/fd`), [])) {
      if (sockets.includes(safely(() => readlinkSync(`/proc/${entry}/fd/${descriptor}`), ''))) return Number(entry);
    }
  }
  return undefined;
}

function safely<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    // Processes end while they are looked at.
    return otherwise;
  }
}
