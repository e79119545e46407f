-- Gateways that push readings, each with a secret of its own; and the readings that wait for a person.

-- CreateTable
CREATE TABLE "gateway" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "building_id" UUID,
    "secret_hash" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "gateway_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "gateway_directory" (
    "secret_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "gateway_id" UUID NOT NULL,

    CONSTRAINT "gateway_directory_pkey" PRIMARY KEY ("secret_hash")
);

-- AddForeignKey
ALTER TABLE "gateway" ADD CONSTRAINT "gateway_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE gateway
  ADD CONSTRAINT gateway_secret_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT gateway_revoked_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL));
ALTER TABLE gateway_directory
  ADD CONSTRAINT gateway_directory_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$');
CREATE INDEX reading_quarantine_waiting ON reading_quarantine (organization_id, recorded_at)
  WHERE decision IS NULL;

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
ALTER TABLE gateway ENABLE ROW LEVEL SECURITY;
ALTER TABLE gateway FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON gateway TO voltlet_web, voltlet_worker
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT, INSERT ON gateway, gateway_directory TO voltlet_web;
GRANT UPDATE (revoked_at, revoked_by) ON gateway TO voltlet_web;
