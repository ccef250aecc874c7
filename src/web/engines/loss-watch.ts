/** The graphics card reset, slept, or was taken away. */
export class GpuLost extends Error {}

/** Watches over work on a graphics card that may go away. */
export interface LossWatch {
  isLost(): boolean;
  /** The card is gone, and why: who waits for it is told. */
  tell(why: string): void;
  /**
   * Does work on the card. Rejects with {@link GpuLost} as soon as it is known to be gone, for a read from it may never end; also when the
   * work seems done (a lost context reads as zeros), and when it failed for that reason.
   */
  guard<T>(work: () => Promise<T>): Promise<T>;
}

/** The news of a loss comes at most so long after the errors that it causes. */
const NEWS_MS = 100;

/** @param isGone asks the card itself, where that is possible: it knows before the event comes. */
export function createLossWatch(isGone: () => boolean = () => false): LossWatch {
  // One promise for all would keep what each piece of work gave for as long as the card lives.
  const waiting = new Set<(why: string) => void>();
  let reason: string | undefined;
  const isLost = () => reason !== undefined || isGone();
  const lost = () => new GpuLost(reason ?? "the context was lost");

  return {
    isLost,
    tell(why) {
      reason ??= why;
      for (const refuse of waiting) refuse(why);
    },
    async guard<T>(work: () => Promise<T>): Promise<T> {
      if (isLost()) throw lost();
      let refuse: (why: string) => void = () => undefined;
      const gone = new Promise<never>((_, reject) => {
        refuse = (why) => reject(new GpuLost(why));
      });
      waiting.add(refuse);
      try {
        const result = await Promise.race([work(), gone]);
        if (isLost()) throw lost();
        return result;
      } catch (error) {
        if (error instanceof GpuLost) throw error;
        await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, NEWS_MS))]);
        throw isLost() ? lost() : error;
      } finally {
        waiting.delete(refuse);
      }
    },
  };
}
