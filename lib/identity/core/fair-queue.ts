/**
 * What waits, by key, taken in turns: whoever sends a thousand waits behind himself, and who sends
 * one behind one of each. `add` refuses what would wait in vain.
 */
export class FairQueue<Item> {
  readonly #limits: { readonly mostForKey: number; readonly mostInAll: number };
  readonly #waiting = new Map<string, Item[]>();
  #count = 0;

  constructor(limits: { readonly mostForKey: number; readonly mostInAll: number }) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** False when there is no room for one more, of this key or in all. */
  add(key: string, item: Item): boolean {
    const own = this.#waiting.get(key) ?? [];
    const { mostForKey, mostInAll } = this.#limits;
    if (own.length >= mostForKey || this.#count >= mostInAll) return false;
    own.push(item);
    this.#waiting.set(key, own);
    this.#count++;
    return true;
  }

  /** The next one: of the key whose turn it is, the one that has waited longest. */
  take(): Item | undefined {
    const [turn] = this.#waiting;
    if (!turn) return undefined;
    const [key, own] = turn;
    const item = own.shift();
    // A Map keeps the order of insertion: put in again, the key's next turn comes last.
    this.#waiting.delete(key);
    if (own.length > 0) this.#waiting.set(key, own);
    this.#count--;
    return item;
  }
}
