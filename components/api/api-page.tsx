import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";

export type ApiPageView = {
  readonly site: string;
  readonly operations: readonly {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly summary: string;
    readonly description: string;
    readonly scope: string;
    readonly problems: readonly string[];
    readonly answers: readonly { readonly status: string; readonly text: string }[];
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly status: number;
    readonly title: string;
    readonly detail: string;
  }[];
};

const LINK = "underline decoration-line underline-offset-4 hover:decoration-ink";
const HEAD = "mb-3 text-lead font-strong";

const example = (site: string) => `curl ${site}/api/v1/purchases \\
  -H 'Authorization: Bearer vk_…' \\
  -H 'Idempotency-Key: order-1042' \\
  -H 'Content-Type: application/json' \\
  -d '{"meter": "01000000017",
       "amount": {"minor": "50000", "currency": "KES"},
       "client_reference": "order-1042",
       "payment_reference": "QK81XJ2M0P"}'`;

/** How a program sells: keys, the one rule of repeating, each operation, every refusal. */
export function ApiPage(props: { readonly frame: PhoneFrame; readonly view: ApiPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame} width="desk">
      <div className="max-w-reading">
        <h1 className="text-title font-strong tracking-tight">{t("apiPage.title")}</h1>
        <p className="mt-2">{t("apiPage.lead")}</p>
        <p className="mt-2">
          <a href="/api/v1/openapi.json" className={LINK}>
            {t("apiPage.openApi")}
          </a>
        </p>
      </div>
      <section aria-labelledby="rules">
        <h2 id="rules" className={HEAD}>
          {t("apiPage.rules")}
        </h2>
        <div className="grid gap-x-12 gap-y-6 desk:grid-cols-2">
          <ul className="grid list-disc content-start gap-2 ps-5">
            <li>{t("apiPage.key")}</li>
            <li>{t("apiPage.money")}</li>
            <li>{t("apiPage.repeat")}</li>
            <li>{t("apiPage.pending")}</li>
            <li>{t("apiPage.refusals")}</li>
          </ul>
          <pre dir="ltr" className="overflow-x-auto rounded-control bg-stone p-3 text-small">
            {example(view.site)}
          </pre>
        </div>
      </section>
      <Operations view={view} t={t} />
      <Problems view={view} t={t} />
    </PhoneShell>
  );
}

function Operations({ view, t }: { readonly view: ApiPageView; readonly t: Translate }) {
  return (
    <section aria-labelledby="operations">
      <h2 id="operations" className={HEAD}>
        {t("apiPage.operations")}
      </h2>
      <ul className="border-t border-line">
        {view.operations.map((operation) => (
          <li
            key={operation.name}
            className="grid gap-x-12 gap-y-2 border-b border-line py-4 desk:grid-cols-2"
          >
            <div className="min-w-0">
              <h3 className="font-strong">{operation.summary}</h3>
              <p dir="ltr" className="mt-1 font-mono text-small break-all">
                {operation.method} /api/v1{operation.path}
              </p>
              <p className="mt-2">{operation.description}</p>
              <p className="mt-2 text-small text-quiet">
                {t("apiPage.scope")} <code className="font-mono">{operation.scope}</code>
              </p>
            </div>
            <dl className="grid content-start gap-1 text-small">
              {operation.answers.map((answer) => (
                <div key={answer.status} className="flex gap-3">
                  <dt className="font-mono">{answer.status}</dt>
                  <dd>{answer.text}</dd>
                </div>
              ))}
              <div>
                <dt className="text-quiet">{t("apiPage.ownRefusals")}</dt>
                <dd className="flex flex-wrap gap-x-3 gap-y-1">
                  {operation.problems.map((code) => (
                    <a key={code} href={`#${code}`} className={`font-mono ${LINK}`}>
                      {code}
                    </a>
                  ))}
                </dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Problems({ view, t }: { readonly view: ApiPageView; readonly t: Translate }) {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems" className={HEAD}>
        {t("apiPage.problems")}
      </h2>
      <dl className="border-t border-line">
        {view.problems.map(({ code, status, title, detail }) => (
          <div
            key={code}
            id={code}
            className="grid gap-x-12 border-b border-line py-2 desk:grid-cols-2"
          >
            <dt className="min-w-0">
              <code className="font-mono text-small break-all">{code}</code>
              <span className="ms-3 text-small text-quiet">{status}</span>
            </dt>
            <dd>
              {title}. <span className="text-quiet">{detail}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
