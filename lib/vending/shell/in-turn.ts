const last = new Map<string, Promise<unknown>>();

/**
 * Runs work on one subject after all that was asked for it earlier in this process, so that many
 * buyers at once price anew one after the other and not each against all. It only saves work: what
 * must hold between processes is held by the database's locks.
 */
export function inTurn<T>(subject: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(subject) ?? Promise.resolve();
  const mine = before.then(work, work);
  last.set(subject, mine);
  const forget = () => {
    if (last.get(subject) === mine) last.delete(subject);
  };
  mine.then(forget, forget);
  return mine;
}
