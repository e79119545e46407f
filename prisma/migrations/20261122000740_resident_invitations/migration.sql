-- A caretaker's printed invitation: a code on paper that lets a resident into a lease, once.

-- CreateTable
CREATE TABLE "resident_invitation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "resident_invitation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "resident_invitation_directory" (
    "code_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,

    CONSTRAINT "resident_invitation_directory_pkey" PRIMARY KEY ("code_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "resident_invitation_organization_id_code_hash_key" ON "resident_invitation"("organization_id", "code_hash");

-- CreateIndex
CREATE INDEX "resident_invitation_organization_id_lease_id_idx" ON "resident_invitation"("organization_id", "lease_id");

-- AddForeignKey
ALTER TABLE "resident_invitation" ADD CONSTRAINT "resident_invitation_organization_id_lease_id_fkey" FOREIGN KEY ("organization_id", "lease_id") REFERENCES "lease"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE resident_invitation
  ADD CONSTRAINT resident_invitation_hash_form CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT resident_invitation_expires CHECK (expires_at > created_at),
  ADD CONSTRAINT resident_invitation_accepted_whole
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  ADD CONSTRAINT resident_invitation_ends_once CHECK (accepted_at IS NULL OR revoked_at IS NULL),
  -- A lease has one code that works, whoever prints at the same moment.
  ADD CONSTRAINT resident_invitation_one_open EXCLUDE USING gist
    (organization_id WITH =, lease_id WITH =) WHERE (accepted_at IS NULL AND revoked_at IS NULL);
ALTER TABLE resident_invitation_directory
  ADD CONSTRAINT resident_invitation_directory_hash_form CHECK (code_hash ~ '^[0-9a-f]{64}$');
-- A lease whose end was planned: its contacts are forgotten on the day.
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'practice.callback', 'audit.chain',
   'meter.contested', 'meter.test-end', 'lease.ended'));

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
ALTER TABLE resident_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE resident_invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON resident_invitation TO voltlet_web, voltlet_worker, voltlet_vend
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT ON resident_invitation TO voltlet_web;
GRANT UPDATE (accepted_at, accepted_by, revoked_at) ON resident_invitation TO voltlet_web;
GRANT SELECT, INSERT ON resident_invitation_directory TO voltlet_web;
GRANT SELECT, DELETE ON lease_contact TO voltlet_worker;
