-- The audit trail in a hash chain (docs/decisions/012-audit-chain.md).

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "after" JSONB,
ADD COLUMN     "before" JSONB;

-- AlterTable: no release has written a row here yet.
ALTER TABLE "audit_personal" ADD COLUMN     "salt" BYTEA NOT NULL;

-- CreateTable
CREATE TABLE "audit_link" (
    "organization_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "audit_entry_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("organization_id","sequence")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "organization_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "previous_sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "public_key" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("organization_id","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_link_organization_id_audit_entry_id_key" ON "audit_link"("organization_id", "audit_entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_head_organization_id_previous_sequence_key" ON "audit_head"("organization_id", "previous_sequence");

-- AddForeignKey
ALTER TABLE "audit_link" ADD CONSTRAINT "audit_link_organization_id_audit_entry_id_fkey" FOREIGN KEY ("organization_id", "audit_entry_id") REFERENCES "audit_entry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_organization_id_sequence_fkey" FOREIGN KEY ("organization_id", "sequence") REFERENCES "audit_link"("organization_id", "sequence") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE audit_link
  ADD CONSTRAINT audit_link_counts_from_one CHECK (sequence > 0),
  ADD CONSTRAINT audit_link_hashes CHECK (length(previous_hash) = 32 AND length(hash) = 32);
ALTER TABLE audit_head
  ADD CONSTRAINT audit_head_goes_on CHECK (previous_sequence >= 0 AND sequence > previous_sequence),
  ADD CONSTRAINT audit_head_lengths CHECK
    (length(hash) = 32 AND length(public_key) = 32 AND length(signature) = 64);
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work
  ADD CONSTRAINT due_work_kind_known CHECK (kind IN
    ('purchase.vend', 'payment.poll', 'payment.refund', 'practice.callback', 'audit.chain'));

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['audit_link', 'audit_head'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;

-- The auditor reads what the chain is made of, of every organization, and nothing personal. The
-- signer reads links, without their content, and appends heads.
CREATE POLICY every_organization_audited ON organization FOR SELECT TO voltlet_auditor USING (true);
CREATE POLICY every_organization_audited ON audit_entry FOR SELECT TO voltlet_auditor USING (true);
CREATE POLICY every_organization_audited ON audit_link FOR SELECT TO voltlet_auditor, voltlet_signer
  USING (true);
CREATE POLICY every_organization_audited ON audit_head FOR SELECT TO voltlet_auditor USING (true);
CREATE POLICY every_organization_signed ON audit_head TO voltlet_signer USING (true) WITH CHECK (true);

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT SELECT ON audit_link, audit_head TO voltlet_web;
-- What is personal may be erased; the entry stays, with a hash that then means nothing to anybody.
GRANT DELETE ON audit_personal TO voltlet_web;
GRANT SELECT, INSERT ON audit_link TO voltlet_worker;
-- Whoever writes an entry plans its link in the same transaction.
GRANT INSERT ON due_work TO voltlet_worker;
GRANT SELECT ON audit_link TO voltlet_signer;
GRANT SELECT, INSERT ON audit_head TO voltlet_signer;
GRANT SELECT (organization_id) ON organization TO voltlet_auditor;
GRANT SELECT ON audit_entry, audit_link, audit_head TO voltlet_auditor;

-- ── What was written before there was a chain ────────────────────────────────────────────────
-- The owner is under the policies too; they are lifted for this one look.
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE due_work NO FORCE ROW LEVEL SECURITY;
INSERT INTO due_work (organization_id, subject_id, kind, due_at)
SELECT DISTINCT organization_id, organization_id, 'audit.chain', now() FROM audit_entry;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE due_work FORCE ROW LEVEL SECURITY;
