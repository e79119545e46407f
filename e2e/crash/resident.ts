import { setTimeout as delay } from "node:timers/promises";

/** What a resident wants, and the sale's form key: whoever tries again carries the same one. */
export type Wish = { readonly meterNumber: string; readonly amountText: string };

/** How far a resident got. Digits as the page showed them, or null for who gave up waiting. */
export type Visit = Wish & {
  readonly startedAt: number;
  readonly path: string | null;
  readonly digits: string | null;
  readonly tries: number;
};

const RETRY_MS = 200;
const LOOK_AGAIN_MS = 300;
const REQUEST_TIMEOUT_MS = 4_000;

/**
 * Buys like a resident with a browser: the form, the quote, the checkout, yes, the slip. A page
 * that does not come is asked for again, a button that got no answer is pressed again, until
 * `patienceMs` is over.
 */
export async function buyLikeAResident(
  siteUrl: string,
  wish: Wish,
  patienceMs: number,
): Promise<Visit> {
  const startedAt = Date.now();
  const visit = new Patience(siteUrl, startedAt + patienceMs);
  const gaveUp = (path: string | null) => {
    return { ...wish, startedAt, path, digits: null, tries: visit.tries };
  };
  const { path, checkout } = await goToPay(visit, wish);
  if (!path || !checkout) return gaveUp(path);
  // Whose purchase was paid in an earlier try is sent back to its own page instead.
  if (checkout !== path && !(await visit.press(checkout, { outcome: "approve" }))) {
    return gaveUp(path);
  }
  const digits = await visit.digitsOn(path);
  return { ...wish, startedAt, path, digits, tries: visit.tries };
}

/** The same as far as the provider's checkout, where its money is left to the test. */
export async function leaveAtCheckout(
  siteUrl: string,
  wish: Wish,
  patienceMs: number,
): Promise<Visit & { readonly path: string }> {
  const startedAt = Date.now();
  const visit = new Patience(siteUrl, startedAt + patienceMs);
  const { path, checkout } = await goToPay(visit, wish);
  if (!path || !checkout) throw new Error("nobody came as far as the checkout");
  return { ...wish, startedAt, path, digits: null, tries: visit.tries };
}

async function goToPay(visit: Patience, wish: Wish) {
  const form = await visit.page(`/buy?meter=${wish.meterNumber}`);
  const key = /name="key" value="([0-9a-f-]{36})"/.exec(form ?? "")?.[1];
  if (!key) return { path: null, checkout: null };
  const asked = { meter: wish.meterNumber, choice: "other", amount: wish.amountText, key };
  const path = await visit.press("/buy", asked);
  if (!path?.startsWith("/t/")) return { path: null, checkout: null };
  return { path, checkout: await visit.press(`${path}/pay`, {}) };
}

/** The token on a slip's page at this moment; null where there is none, or no page. */
export async function tokenOn(siteUrl: string, path: string): Promise<string | null> {
  return new Patience(siteUrl, Date.now() + REQUEST_TIMEOUT_MS).digitsOn(path);
}

class Patience {
  tries = 0;
  readonly #siteUrl: string;
  readonly #until: number;

  constructor(siteUrl: string, until: number) {
    this.#siteUrl = siteUrl;
    this.#until = until;
  }

  page(path: string): Promise<string | null> {
    return this.#answered(path, {}, (answer) => (answer.ok ? answer.text() : null));
  }

  /** Where a form sends its sender. */
  press(path: string, fields: Readonly<Record<string, string>>): Promise<string | null> {
    const body = new URLSearchParams(fields);
    return this.#answered(path, { method: "POST", body, redirect: "manual" }, (answer) =>
      answer.status === 303 ? answer.headers.get("location") : null,
    );
  }

  async digitsOn(path: string): Promise<string | null> {
    while (Date.now() < this.#until) {
      const slip = await this.page(path);
      const digits = /data-token="(\d{20})"/.exec(slip ?? "")?.[1];
      if (digits) return digits;
      await delay(LOOK_AGAIN_MS);
    }
    return null;
  }

  async #answered<T>(
    path: string,
    request: RequestInit,
    read: (answer: Response) => Promise<T | null> | T | null,
  ): Promise<T | null> {
    while (Date.now() < this.#until) {
      this.tries += 1;
      const answered = await this.#ask(path, request, read);
      if (answered !== null) return answered;
      await delay(RETRY_MS);
    }
    return null;
  }

  async #ask<T>(
    path: string,
    request: RequestInit,
    read: (answer: Response) => Promise<T | null> | T | null,
  ): Promise<T | null> {
    try {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const answer = await fetch(new URL(path, this.#siteUrl), { ...request, signal });
      const result = await read(answer);
      if (!answer.bodyUsed) await answer.body?.cancel();
      return result;
    } catch {
      // Nobody there, or cut off in the middle.
      return null;
    }
  }
}
