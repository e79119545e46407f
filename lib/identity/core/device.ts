// A browser says of itself what it is, with many lies of politeness. Two words of it are enough for
// somebody to know their own devices again.

const BROWSERS = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Opera Mini", "Opera Mini"],
  ["SamsungBrowser", "Samsung Internet"],
  ["UCBrowser", "UC Browser"],
  ["FxiOS", "Firefox"],
  ["Firefox", "Firefox"],
  ["CriOS", "Chrome"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;

const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["KAIOS", "KaiOS"],
  ["Windows", "Windows"],
  ["CrOS", "ChromeOS"],
  ["Mac OS X", "Mac"],
  ["Linux", "Linux"],
] as const;

export type Device = { readonly browser: string | null; readonly system: string | null };

/** Browser and system as people call them; null for what is not known. */
export function deviceOf(userAgent: string): Device {
  const find = (known: readonly (readonly [string, string])[]) =>
    known.find(([sign]) => userAgent.includes(sign))?.[1] ?? null;
  return { browser: find(BROWSERS), system: find(SYSTEMS) };
}
