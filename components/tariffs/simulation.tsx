import type { SimulationView } from "./editor-state";
import type { EditorTexts } from "./editor-texts";

/** What a trial amount buys: the figure, the blocks it is made of, and every line of the price. */
export function Simulation(props: {
  readonly view: SimulationView | null;
  readonly texts: EditorTexts;
}) {
  const { view, texts } = props;
  return (
    <div role="status" className="grid gap-4">
      {view === null ? (
        <p className="text-quiet">{texts.tryNothing}</p>
      ) : (
        <>
          <div>
            <p className="text-title font-strong tracking-tight">{view.headline}</p>
            <p className="mt-2 text-small text-quiet">{texts.because}</p>
            <ul className="mt-1 grid gap-1">
              {view.because.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
          <dl className="border-t border-line">
            {view.lines.map((line) => (
              <div
                key={line.key}
                className="flex justify-between gap-4 border-b border-line py-1.5"
              >
                <dt>{line.label}</dt>
                <dd className="tabular-nums whitespace-nowrap">{line.amountText}</dd>
              </div>
            ))}
          </dl>
          <p className="text-small text-quiet">{view.nextText}</p>
        </>
      )}
    </div>
  );
}
