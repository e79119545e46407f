-- Staff are invited by e-mail, with a role and buildings, and for support with hours.

-- CreateTable
CREATE TABLE "invitation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "all_buildings" BOOLEAN NOT NULL,
    "slug" TEXT NOT NULL,
    "support_hours" SMALLINT,
    "reason" TEXT,
    "secret_hash" TEXT,
    "awaits_approval" BOOLEAN NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "invitation_building" (
    "organization_id" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,

    CONSTRAINT "invitation_building_pkey" PRIMARY KEY ("organization_id","invitation_id","building_id")
);

-- CreateTable
CREATE TABLE "invitation_directory" (
    "secret_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "invitation_id" UUID NOT NULL,

    CONSTRAINT "invitation_directory_pkey" PRIMARY KEY ("secret_hash")
);

-- AddForeignKey
ALTER TABLE "invitation_building" ADD CONSTRAINT "invitation_building_organization_id_invitation_id_fkey" FOREIGN KEY ("organization_id", "invitation_id") REFERENCES "invitation"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "invitation_building" ADD CONSTRAINT "invitation_building_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE invitation
  ADD CONSTRAINT invitation_role_known CHECK (role IN ('administrator', 'manager', 'caretaker',
    'cashier', 'accountant', 'viewer', 'dormitory officer', 'support')),
  ADD CONSTRAINT invitation_email_form CHECK (email = lower(email) AND email LIKE '%_@_%'),
  ADD CONSTRAINT invitation_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT invitation_support_hours CHECK ((role = 'support') = (support_hours IS NOT NULL)
    AND (support_hours IS NULL OR support_hours IN (1, 4, 24))),
  ADD CONSTRAINT invitation_support_reason CHECK ((role = 'support') = (reason IS NOT NULL)),
  -- What waits for a second person has no secret, and so no address that could open it.
  ADD CONSTRAINT invitation_waits_unsent CHECK (NOT awaits_approval OR secret_hash IS NULL),
  ADD CONSTRAINT invitation_accepted_whole CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  ADD CONSTRAINT invitation_ends_once CHECK (accepted_at IS NULL OR revoked_at IS NULL),
  ADD CONSTRAINT invitation_expires CHECK (expires_at > created_at),
  -- One open invitation for an address. The use case looks first; this refuses what raced past.
  ADD CONSTRAINT invitation_one_open EXCLUDE USING btree (organization_id WITH =, email WITH =)
    WHERE (accepted_at IS NULL AND revoked_at IS NULL);
ALTER TABLE invitation_directory
  ADD CONSTRAINT invitation_directory_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$');

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['invitation', 'invitation_building'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT ON invitation, invitation_building, invitation_directory TO voltlet_web;
GRANT UPDATE (secret_hash, awaits_approval, expires_at, accepted_at, accepted_by, revoked_at)
  ON invitation TO voltlet_web;
-- An organization's names may change, which are shown and printed; its id and its beginning may not.
GRANT UPDATE (name, legal_name, tax_number) ON organization TO voltlet_web;
