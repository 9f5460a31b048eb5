import type { ServerResponse } from 'node:http';

export interface Places {
  /** Until the answer is sent or who waits for it has gone; false when all are taken. */
  enter(name: string, answer: ServerResponse): boolean;
}

/** So many at one time of each name, and in all: who is loud doesn't take everybody's place. */
export function openPlaces(most: { readonly each: number; readonly all: number }): Places {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    enter(name, answer) {
      // Who went while we looked something up: its end came already, and would never free the place.
      if (answer.destroyed) return true;
      const own = taken.get(name) ?? 0;
      if (own >= most.each || all >= most.all) return false;
      taken.set(name, own + 1);
      all += 1;
      answer.once('close', () => {
        all -= 1;
        const rest = (taken.get(name) ?? 1) - 1;
        if (rest > 0) taken.set(name, rest);
        else taken.delete(name);
      });
      return true;
    },
  };
}
