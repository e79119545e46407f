import { describe, expect, it } from "vitest";
import { placesShown, type RoomNow, readRoomQuery, roomQueryText } from "./rooms-query";

const ROOM: RoomNow = {
  id: "1",
  label: "R-101",
  floor: 1,
  position: 1,
  meterId: null,
  meterNumber: null,
  kind: "room",
  residentName: null,
  isVacant: false,
  bedCount: 2,
  bedsTaken: 1,
  light: "bright",
  places: [],
};
const held = (label: string, residentName: string, endsOn: string | null) => ({
  bedId: label,
  label,
  holder: { residentName, startsOn: "2026-01-01", endsOn },
  next: null,
});
const free = { bedId: "C", label: "C", holder: null, next: null };
const ROOMS: readonly RoomNow[] = [
  { ...ROOM, places: [held("A", "Amina Otieno", "2026-06-20"), held("B", "José", "2026-07-01")] },
  { ...ROOM, id: "2", label: "R-102", light: "dark", places: [held("A", "Chiku", null), free] },
];
const shown = (asked: Readonly<Record<string, string>>) =>
  placesShown(ROOMS, readRoomQuery(asked), "2026-06-10").map(
    ({ room, place }) => `${room.label} ${place.label}`,
  );

describe("the search for places", () => {
  it("finds by room, and by resident whatever the accents", () => {
    expect(shown({})).toHaveLength(4);
    expect(shown({ q: "r-102" })).toEqual(["R-102 A", "R-102 C"]);
    expect(shown({ q: " jose " })).toEqual(["R-101 B"]);
    expect(shown({ q: "nobody" })).toEqual([]);
  });

  it("shows what is free, who leaves this month, and rooms without credit", () => {
    expect(shown({ show: "free" })).toEqual(["R-102 C"]);
    // The last day of B is 30 June.
    expect(shown({ show: "leaving" })).toEqual(["R-101 A", "R-101 B"]);
    expect(shown({ show: "dark" })).toEqual(["R-102 A", "R-102 C"]);
    expect(shown({ show: "free", q: "101" })).toEqual([]);
  });

  it("takes nonsense for nothing, and is an address again", () => {
    expect(readRoomQuery({ show: "all", q: undefined })).toEqual({ text: "", show: null });
    expect(readRoomQuery({ show: ["free"], q: ["a"] })).toEqual({ text: "", show: null });
    expect(roomQueryText({ text: "a b", show: "free" })).toBe("?q=a+b&show=free");
    expect(roomQueryText({ text: "", show: null })).toBe("");
  });
});
