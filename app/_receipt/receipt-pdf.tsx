import path from "node:path";
import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import { placed } from "@/components/ui/placed";
import type {
  ReceiptRowView,
  ReceiptSectionView,
  ReceiptView,
} from "@/components/vending/receipt-view";

// The scripts that sellers' and residents' names are written in where Voltlet is used. A letter of
// another script is drawn as an empty box; the same receipt on screen has it. Noto's Arabic builds
// letters from parts, which the shaper here puts together wrongly; Plex has them whole.
const FONTS = [
  ["noto-sans", "latin"],
  ["noto-sans", "latin-ext"],
  ["noto-sans", "vietnamese"],
  ["noto-sans", "greek"],
  ["noto-sans", "cyrillic"],
  ["ibm-plex-sans-arabic", "arabic"],
  ["noto-sans-ethiopic", "ethiopic"],
  ["noto-sans-devanagari", "devanagari"],
] as const;
const FAMILIES = FONTS.map(([family, subset]) => `${family} ${subset}`);
const WEIGHTS = [400, 600] as const;

const LONGEST_WORD = 24;
/** A reference longer than this has a line of its own, and lines of so many letters. */
const LONGEST_BESIDE = 20;
const LONGEST_CODE_LINE = 40;

let isReady = false;

function registerFonts(): void {
  if (isReady) return;
  for (const [family, subset] of FONTS) {
    Font.register({
      family: `${family} ${subset}`,
      fonts: WEIGHTS.map((fontWeight) => ({ src: fileOf(family, subset, fontWeight), fontWeight })),
    });
  }
  // Words stay whole; a name of many letters without a blank is broken where the line ends.
  Font.registerHyphenationCallback((word) => (word.length > LONGEST_WORD ? [...word] : [word]));
  isReady = true;
}

function fileOf(family: string, subset: string, weight: number): string {
  const name = `${family}-${subset}-${weight}-normal.woff`;
  return path.join(process.cwd(), "node_modules", "@fontsource", family, "files", name);
}

const INK = "#000000";
const QUIET = "#444444";
const LINE = "#999999";

const styles = StyleSheet.create({
  page: { padding: 40, fontFamily: FAMILIES, fontSize: 9, lineHeight: 1.4, color: INK },
  head: { flexDirection: "row", justifyContent: "space-between", gap: 24 },
  seller: { flex: 1 },
  sellerName: { fontSize: 13, fontWeight: 600, lineHeight: 1.4 },
  quiet: { color: QUIET },
  aside: { alignItems: "flex-end", maxWidth: 200 },
  copy: { marginTop: 12, padding: 6, borderWidth: 1, borderColor: INK, fontWeight: 600 },
  tokens: {
    marginTop: 18,
    paddingVertical: 14,
    borderTopWidth: 1,
    borderBottomWidth: 1,
    borderColor: LINE,
    gap: 8,
  },
  digits: { flexDirection: "row", gap: 16, fontSize: 22, fontWeight: 600, lineHeight: 1.2 },
  energy: { marginTop: 14, fontSize: 17, fontWeight: 600, lineHeight: 1.2 },
  sections: { marginTop: 6, flexDirection: "row", gap: 28 },
  column: { flex: 1 },
  section: { marginTop: 11 },
  sectionTitle: { fontSize: 10, fontWeight: 600, lineHeight: 1.4, marginBottom: 3 },
  row: { flexDirection: "row", justifyContent: "space-between", gap: 12, paddingVertical: 1.5 },
  longCode: { paddingVertical: 1.5 },
  label: { flex: 1, color: QUIET },
  value: { textAlign: "right", maxWidth: "58%" },
  total: { borderTopWidth: 1, borderColor: LINE, marginTop: 3, paddingTop: 4, fontWeight: 600 },
  totalLabel: { flex: 1 },
  practice: { marginTop: 14, textAlign: "center", color: QUIET },
});

/** A receipt as PDF, A4 in black on white. */
export function receiptPdf(view: ReceiptView, lang: string): Promise<Buffer> {
  registerFonts();
  return renderToBuffer(<ReceiptDocument view={view} lang={lang} />);
}

// Money and energy in the left column, what they refer to in the right one.
const LEFT: readonly string[] = ["price", "tariff", "energy", "due"];

function ReceiptDocument({ view, lang }: { readonly view: ReceiptView; readonly lang: string }) {
  const left = view.sections.filter(({ key }) => LEFT.includes(key));
  const right = view.sections.filter(({ key }) => !LEFT.includes(key));
  return (
    <Document title={view.receiptNumberText} author={view.sellerName} language={lang}>
      <Page size="A4" style={styles.page}>
        <Head view={view} />
        {view.reprintText ? <Text style={styles.copy}>{view.reprintText}</Text> : null}
        <Tokens view={view} />
        <Text style={styles.energy}>{view.energyText}</Text>
        <View style={styles.sections}>
          <Sections sections={left} />
          <Sections sections={right} />
        </View>
        {view.practiceText ? <Text style={styles.practice}>{view.practiceText}</Text> : null}
      </Page>
    </Document>
  );
}

function Head({ view }: { readonly view: ReceiptView }) {
  return (
    <View style={styles.head}>
      <View style={styles.seller}>
        <Text style={styles.sellerName}>{view.sellerName}</Text>
        {view.sellerDetails.map((line) => (
          <Text key={line} style={styles.quiet}>
            {line}
          </Text>
        ))}
      </View>
      <View style={styles.aside}>
        <Text style={styles.sellerName}>{view.receiptNumberText}</Text>
        <Text style={styles.quiet}>{view.dateText}</Text>
      </View>
    </View>
  );
}

function Tokens({ view }: { readonly view: ReceiptView }) {
  return (
    <View style={styles.tokens}>
      {view.tokensNote ? <Text style={styles.quiet}>{view.tokensNote}</Text> : null}
      {view.tokens.map((token) => (
        <View key={token.key} wrap={false}>
          {token.label ? <Text>{token.label}</Text> : null}
          <View style={styles.digits}>
            {placed(token.groups).map(({ key, item }) => (
              <Text key={key}>{item}</Text>
            ))}
          </View>
        </View>
      ))}
    </View>
  );
}

function Sections({ sections }: { readonly sections: readonly ReceiptSectionView[] }) {
  return (
    <View style={styles.column}>
      {sections.map((section) => (
        <View key={section.key} style={styles.section}>
          <Text style={styles.sectionTitle}>{section.title}</Text>
          {section.rows.map((row) =>
            row.isCode && row.value.length > LONGEST_BESIDE ? (
              <LongCode key={row.key} row={row} />
            ) : (
              <View
                key={row.key}
                wrap={false}
                style={row.isTotal ? [styles.row, styles.total] : styles.row}
              >
                <Text style={row.isTotal ? styles.totalLabel : styles.label}>{row.label}</Text>
                <Text style={styles.value}>{row.value}</Text>
              </View>
            ),
          )}
        </View>
      ))}
    </View>
  );
}

/** A reference is copied letter by letter: it gets no hyphen that is not its own. */
function LongCode({ row }: { readonly row: ReceiptRowView }) {
  const lines = row.value.match(new RegExp(`.{1,${LONGEST_CODE_LINE}}`, "gu")) ?? [];
  return (
    <View wrap={false} style={styles.longCode}>
      <Text style={styles.quiet}>{row.label}</Text>
      {lines.map((line) => (
        <Text key={line} hyphenationCallback={whole}>
          {line}
        </Text>
      ))}
    </View>
  );
}

const whole = (word: string) => [word];
