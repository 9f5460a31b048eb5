import type { Store } from '../store/store.ts';

/** Rooms whose calls cost a query. */
const ROOMS = ['items', 'changes', 'work', 'requests', 'keys'] as const;

/** The same store, with every call of its reading rooms written down: `items.page`, `work.states`, … */
export function countingStore(store: Store): { readonly store: Store; readonly calls: string[] } {
  const calls: string[] = [];
  const counted = Object.fromEntries(ROOMS.map(room => [room, counting(store[room], room, calls)]));
  const wrapped = new Proxy(store, {
    get: (target, name) => {
      const value: unknown =
        typeof name === 'string' && name in counted ? counted[name] : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { store: wrapped, calls };
}

function counting<Room extends object>(room: Room, roomName: string, calls: string[]): Room {
  return new Proxy(room, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        calls.push(`${roomName}.${String(name)}`);
        return value.apply(target, args);
      };
    },
  });
}
