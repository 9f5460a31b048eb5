export interface Places {
  /** The way to leave; undefined when all are taken. */
  enter(name: string): (() => void) | undefined;
}

/** So many at one time of each name, and in all: who is loud doesn't take everybody's place. */
export function openPlaces(most: { readonly each: number; readonly all: number }): Places {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    enter(name) {
      const own = taken.get(name) ?? 0;
      if (own >= most.each || all >= most.all) return undefined;
      taken.set(name, own + 1);
      all += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        all -= 1;
        const rest = (taken.get(name) ?? 1) - 1;
        if (rest > 0) taken.set(name, rest);
        else taken.delete(name);
      };
    },
  };
}
