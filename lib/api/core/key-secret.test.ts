import { describe, expect, it } from "vitest";
import { formatKey, keyHash, parseKey } from "./key-secret";

const KEY = formatKey("practice", new Uint8Array(20).fill(7));

describe("a key", () => {
  it("says where it works, and is read back as the hash it is kept by", () => {
    expect(KEY).toMatch(/^vk_practice_(07){20}[0-9a-f]{6}$/);
    expect(parseKey(KEY)).toEqual({ ok: true, value: keyHash(KEY) });
    expect(formatKey("live", new Uint8Array(20))).toMatch(/^vk_live_/);
  });

  it("with any one character changed is told as mistyped", () => {
    for (let place = 3; place < KEY.length; place += 1) {
      const other = KEY[place] === "0" ? "1" : "0";
      const typo = KEY.slice(0, place) + other + KEY.slice(place + 1);
      expect(parseKey(typo), typo).toEqual({ ok: false, error: "mistyped" });
    }
  });

  it.each([
    ["cut off", KEY.slice(0, -1), "mistyped"],
    ["with a blank", `${KEY} `, "mistyped"],
    ["in capitals", KEY.toUpperCase(), "not-a-key"],
    ["of practice called live", KEY.replace("practice", "live"), "mistyped"],
    ["of another house", "sk_live_51HxTo", "not-a-key"],
    ["that is nothing", "", "not-a-key"],
  ])("%s is refused", (_what, text, error) => {
    expect(parseKey(text)).toEqual({ ok: false, error });
  });
});
