import { deflateRawSync } from "node:zlib";
import { CFB, utils, type WorkSheet, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { SHEET_LIMITS } from "../core/sheet";
import { readSheet } from "./read-sheet";
import { unzipBounded } from "./unzip-bounded";
import { writeSheet } from "./write-sheet";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, order: "le" | "be", mark: boolean): Uint8Array {
  const little = Buffer.from(`${mark ? "\uFEFF" : ""}${text}`, "utf16le");
  return order === "le" ? little : little.swap16();
}

function workbook(sheet: WorkSheet): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "Units");
  return new Uint8Array(write(book, { type: "buffer", bookType: "xlsx", compression: true }));
}

function cellsOf(bytes: Uint8Array) {
  const read = readSheet(bytes);
  if (!read.ok) throw new Error(read.error);
  return [read.value.headings, ...read.value.rows.map(({ cells }) => cells)];
}
const faultOf = (bytes: Uint8Array) => {
  const read = readSheet(bytes);
  return read.ok ? null : read.error;
};

const TEXT = "Building,Unit,Resident\r\nAcacia Court,A-1,ليلى حداد\r\n";
const CELLS = [
  ["Building", "Unit", "Resident"],
  ["Acacia Court", "A-1", "ليلى حداد"],
];

describe("a CSV", () => {
  it.each([
    ["plain", bytesOf(TEXT)],
    ["with Excel's mark", bytesOf(`\uFEFF${TEXT}`)],
    ["with semicolons", bytesOf(TEXT.replaceAll(",", ";"))],
    ["with tabs", bytesOf(TEXT.replaceAll(",", "\t"))],
    ["with Excel's line about its separator", bytesOf(`sep=;\r\n${TEXT.replaceAll(",", ";")}`)],
    ["in UTF-16, little end first", utf16(TEXT, "le", true)],
    ["in UTF-16, big end first", utf16(TEXT, "be", true)],
    ["with empty rows below", bytesOf(`${TEXT}\r\n,,\r\n,,\r\n`)],
  ])("is read %s", (_, bytes) => {
    expect(cellsOf(bytes)).toEqual(CELLS);
  });

  it("in UTF-16 without a mark, or in what Windows wrote before, is read", () => {
    const plain = "Building;Unit\r\nCafé Court;A-1\r\n";
    expect(cellsOf(utf16(plain, "le", false))[1]).toEqual(["Café Court", "A-1"]);
    expect(cellsOf(Buffer.from(plain, "latin1"))[1]).toEqual(["Café Court", "A-1"]);
  });

  it("may have line breaks and separators in quotes", () => {
    const text = 'Building,Address,Unit\r\nCourt,"12, Road\r\nNairobi ""West""",A-1\r\n';
    expect(cellsOf(bytesOf(text))[1]).toEqual(["Court", '12, Road\r\nNairobi "West"', "A-1"]);
  });

  it("names its rows as the file counts them, the headings below a title included", () => {
    const read = readSheet(bytesOf("Our houses,\r\n,\r\nBuilding,Unit\r\nCourt,A-1\r\n"));
    expect(read.ok && [read.value.headingRow, read.value.rows[0]?.number]).toEqual([3, 4]);
  });

  it("marks a formula that was saved as text, and takes off our own apostrophe", () => {
    const read = readSheet(bytesOf("Building,Unit,Phone\r\n=A1,A-1,'+254700000001\r\n"));
    expect(read.ok && read.value.rows[0]).toMatchObject({
      marks: { "0": "formula" },
      cells: ["=A1", "A-1", "+254700000001"],
    });
  });

  it("of a million rows is refused, quickly", () => {
    const text = `Building,Unit\r\n${"C,A\r\n".repeat(1_000_000)}`;
    expect(faultOf(bytesOf(text))).toBe("too-many-rows");
    expect(faultOf(bytesOf(`Building,Unit\r\n${"C,A\r\n".repeat(SHEET_LIMITS.rows + 1)}`))).toBe(
      "too-many-rows",
    );
  });
});

describe("a workbook", () => {
  it("is read as it was written, its second sheet left aside", () => {
    const notes = { name: "Read me", lines: ["one", "two"] };
    expect(cellsOf(writeSheet(CELLS, "xlsx", notes))).toEqual(CELLS);
    expect(cellsOf(writeSheet(CELLS, "csv"))).toEqual(CELLS);
  });

  it("keeps zeros in text, and says numbers and dates plainly", () => {
    const sheet = utils.aoa_to_sheet([["Building", "Unit", "Meter number", "Reading", "Read at"]]);
    const row = [
      { t: "s", v: "Court" },
      { t: "n", v: 101 },
      { t: "s", v: "01000451278" },
      { t: "n", v: 0.1 + 0.2 },
      { t: "n", v: 46_085.5, z: "dd/mm/yyyy hh:mm" },
    ] as const;
    utils.sheet_add_aoa(sheet, [[...row]], { origin: "A2" });
    expect(cellsOf(workbook(sheet))[1]).toEqual([
      "Court",
      "101",
      "01000451278",
      "0.3",
      "2026-03-04 12:00",
    ]);
  });

  it("of a formula takes what Excel last worked out, and marks one without and an error", () => {
    const sheet = utils.aoa_to_sheet([["Building", "Unit", "Floor"]]);
    sheet["!ref"] = "A1:C2";
    sheet.A2 = { t: "s", v: "Court", f: 'CONCAT("Co","urt")' };
    sheet.B2 = { t: "s", v: "", f: "A9" };
    sheet.C2 = { t: "e", v: 0x17, w: "#REF!" };
    const read = readSheet(workbook(sheet));
    expect(read.ok && read.value.rows[0]).toMatchObject({
      cells: ["Court", "=A9", "#REF!"],
      marks: { "1": "formula", "2": "error-value" },
    });
  });

  it("with merged cells says in each of them what stands in the first", () => {
    const sheet = utils.aoa_to_sheet([
      ["House", null, "Meter", null],
      ["Building", "Unit", "Meter number", "Meter kind"],
      ["Court", "A-1", "W-1", "read"],
      [null, "A-2", "W-2", "read"],
    ]);
    sheet["!merges"] = ["A1:B1", "C1:D1", "A3:A4"].map((range) => utils.decode_range(range));
    const read = readSheet(workbook(sheet));
    expect(read.ok && read.value.headings).toEqual([
      "Building",
      "Unit",
      "Meter number",
      "Meter kind",
    ]);
    expect(read.ok && read.value.rows.map(({ cells }) => cells[0])).toEqual(["Court", "Court"]);
  });

  it("of a million rows is refused for its rows, quickly, and is not unpacked for that", () => {
    const row = (number: number) =>
      `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>Acacia Court</t></is></c></row>`;
    const rows = Array.from({ length: 1_000_000 }, (_, place) => row(place + 1)).join("");
    const sheet = bytesOf(`<worksheet><dimension ref="A1:A1000000"/>${rows}</worksheet>`);
    const name = "xl/worksheets/sheet1.xml";
    const [honest, lying] = [sheet.length, 1_000].map((said) => zipOf(name, sheet, said));
    const before = process.memoryUsage().arrayBuffers;
    const started = performance.now();
    expect(faultOf(honest ?? sheet)).toBe("too-many-rows");
    expect(performance.now() - started).toBeLessThan(500);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(faultOf(lying ?? sheet)).toBe("too-many-rows");
    const silent = bytesOf(`<worksheet>${rows}</worksheet>`);
    expect(faultOf(zipOf(name, silent, silent.length))).toBe("bomb");
  }, 30_000);

  it("with a value in row one million is refused; merely formatted there it is not", () => {
    const formatted = '<row r="1000000"><c r="A1000000" s="1"/></row></sheetData>';
    expect(cellsOf(patched("</sheetData>", formatted))).toEqual(CELLS);
    const filled = '<row r="1000000"><c r="A1000000"><v>7</v></c></row></sheetData>';
    expect(faultOf(patched("</sheetData>", filled))).toBe("too-many-rows");
  });
});

describe("a file that is no sheet", () => {
  it.each([
    ["empty", new Uint8Array()],
    ["empty", bytesOf("Building,Unit\r\n")],
    ["too-large", new Uint8Array(SHEET_LIMITS.bytes + 1)],
    ["encrypted", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ["not-a-sheet", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1])],
    ["broken", bytesOf("PK\u0003\u0004 and nothing after it")],
    ["too-many-columns", bytesOf(`Building,Unit${",x".repeat(300)}\r\nCourt,A-1\r\n`)],
  ])("is refused as %s", (fault, bytes) => {
    expect(faultOf(bytes)).toBe(fault);
  });

  it("cut off in its middle is refused as broken", () => {
    const whole = writeSheet(CELLS, "xlsx");
    expect(faultOf(whole.slice(0, whole.length / 2))).toBe("broken");
  });

  it("another zip is no sheet", () => {
    expect(faultOf(zipOf("word/document.xml", bytesOf("<x/>"), 4))).toBe("not-a-sheet");
  });

  it("a bomb is not unpacked, whether it says its size or lies about it", () => {
    const huge = new Uint8Array(70_000_000);
    expect(faultOf(zipOf("xl/workbook.xml", huge, huge.length))).toBe("bomb");
    expect(faultOf(zipOf("xl/workbook.xml", huge, 1_000))).toBe("bomb");
    expect(faultOf(zipOf("xl/workbook.xml", bytesOf("<x/>"), huge.length))).toBe("bomb");
  });
});

/** The workbook of CELLS with something else in its sheet. */
function patched(from: string, to: string): Uint8Array {
  const entries = unzipBounded(writeSheet(CELLS, "xlsx"));
  if (!entries.ok) throw new Error(entries.error);
  const container = CFB.utils.cfb_new();
  for (const { name, bytes } of entries.value) {
    const text = Buffer.from(bytes).toString("utf8").replace(from, to);
    CFB.utils.cfb_add(container, `/${name}`, Buffer.from(text));
  }
  return CFB.write(container, { fileType: "zip", type: "buffer" }) as Uint8Array;
}

/** A zip of one entry that says of itself what one likes. */
function zipOf(name: string, content: Uint8Array, saidSize: number): Uint8Array {
  const packed = deflateRawSync(content, { level: 1 });
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(title.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(saidSize, 24);
  entry.writeUInt16LE(title.length, 28);
  const body = Buffer.concat([local, title, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, title, end]);
}
