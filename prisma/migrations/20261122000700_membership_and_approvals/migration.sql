-- Roles limited to buildings, support that ends by itself, a second person's approval, and whose
-- phone or e-mail stands on a lease.

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "all_buildings" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "ends_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "resident" ADD COLUMN     "email" TEXT,
ADD COLUMN     "phone" TEXT;

-- CreateTable
CREATE TABLE "lease_contact" (
    "contact_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "lease_id" UUID NOT NULL,

    CONSTRAINT "lease_contact_pkey" PRIMARY KEY ("contact_hash","belongs_to","lease_id")
);

-- CreateTable
CREATE TABLE "membership_building" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,

    CONSTRAINT "membership_building_pkey" PRIMARY KEY ("organization_id","user_id","building_id")
);

-- CreateTable
CREATE TABLE "approval_request" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "building_id" UUID,
    "request" JSONB NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_request_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "lease_contact_belongs_to_lease_id_idx" ON "lease_contact"("belongs_to", "lease_id");

-- CreateIndex
CREATE INDEX "approval_request_organization_id_state_requested_at_idx" ON "approval_request"("organization_id", "state", "requested_at");

-- AddForeignKey
ALTER TABLE "membership_building" ADD CONSTRAINT "membership_building_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "membership_building" ADD CONSTRAINT "membership_building_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE membership DROP CONSTRAINT membership_role_known;
ALTER TABLE membership
  ADD CONSTRAINT membership_role_known CHECK (role IN ('administrator', 'manager', 'caretaker',
    'cashier', 'accountant', 'viewer', 'dormitory officer', 'support')),
  ADD CONSTRAINT membership_support_ends CHECK ((role = 'support') = (ends_at IS NOT NULL));
ALTER TABLE resident
  ADD CONSTRAINT resident_phone_form CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT resident_email_form CHECK (email = lower(email) AND email LIKE '%_@_%');
ALTER TABLE lease_contact
  ADD CONSTRAINT lease_contact_hash_form CHECK (contact_hash ~ '^[0-9a-f]{64}$');
-- Generated from lib/access/core/approval-kinds.ts, compared by its test.
ALTER TABLE approval_request
  ADD CONSTRAINT approval_request_kind_known CHECK (kind IN ('free-issue', 'management-token',
    'key-import', 'refund', 'tariff-above-reference', 'payout-account', 'role-change')),
  ADD CONSTRAINT approval_request_state_known CHECK (state IN
    ('waiting', 'approved', 'declined', 'withdrawn', 'used')),
  ADD CONSTRAINT approval_request_second_person CHECK (decided_by <> requested_by),
  ADD CONSTRAINT approval_request_decided_whole CHECK
    ((state IN ('approved', 'declined', 'used')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)
     AND (decided_by IS NULL) = (decided_at IS NULL)),
  ADD CONSTRAINT approval_request_used_whole CHECK ((state = 'used') = (used_at IS NOT NULL)),
  ADD CONSTRAINT approval_request_hash_length CHECK (length(request_hash) = 32),
  ADD CONSTRAINT approval_request_expires CHECK (expires_at > requested_at);

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['membership_building', 'approval_request'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT UPDATE (role, all_buildings, ends_at), DELETE ON membership TO voltlet_web;
GRANT SELECT, INSERT, DELETE ON membership_building TO voltlet_web;
-- Who leaves is taken out of the directory by the role that reads it; the right goes first.
GRANT DELETE ON membership_directory TO voltlet_auth;
GRANT UPDATE (phone, email) ON resident TO voltlet_web;
GRANT UPDATE (ends_on) ON lease TO voltlet_web;
GRANT UPDATE (ends_at) ON occupancy TO voltlet_web;
GRANT SELECT, INSERT, DELETE ON lease_contact TO voltlet_web;
GRANT SELECT ON lease_contact TO voltlet_auth;
GRANT SELECT, INSERT ON approval_request TO voltlet_web;
GRANT UPDATE (request, request_hash, reason, state, requested_at, expires_at, decided_by,
  decided_at, used_at) ON approval_request TO voltlet_web;
-- An approved issue uses its approval in the transaction that makes the reservation.
GRANT SELECT ON approval_request TO voltlet_vend;
GRANT UPDATE (state, used_at) ON approval_request TO voltlet_vend;
