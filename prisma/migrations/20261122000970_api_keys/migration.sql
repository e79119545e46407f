-- Keys by which programs of others sell for an organization, and what each was answered.

-- CreateTable
CREATE TABLE "api_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "all_buildings" BOOLEAN NOT NULL,
    "per_minute" INTEGER NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "shown_end" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_on" DATE,
    "revoked_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "api_key_building" (
    "organization_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,

    CONSTRAINT "api_key_building_pkey" PRIMARY KEY ("organization_id","key_id","building_id")
);

-- CreateTable
CREATE TABLE "api_key_directory" (
    "secret_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "key_id" UUID NOT NULL,

    CONSTRAINT "api_key_directory_pkey" PRIMARY KEY ("secret_hash")
);

-- CreateTable
CREATE TABLE "api_request" (
    "organization_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "status" SMALLINT,
    "body" TEXT,

    CONSTRAINT "api_request_pkey" PRIMARY KEY ("organization_id","key_id","idempotency_key")
);

-- AddForeignKey
ALTER TABLE "api_key_building" ADD CONSTRAINT "api_key_building_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "api_key_building" ADD CONSTRAINT "api_key_building_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE api_key
  ADD CONSTRAINT api_key_scopes_known CHECK (cardinality(scopes) > 0 AND scopes <@
    ARRAY['meter:read', 'quote:create', 'purchase:create', 'purchase:read']),
  ADD CONSTRAINT api_key_per_minute_positive CHECK (per_minute > 0),
  ADD CONSTRAINT api_key_secret_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT api_key_revoked_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL));
ALTER TABLE api_key_directory
  ADD CONSTRAINT api_key_directory_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$');
-- No foreign key to the key: a hot table, and its rows are forgotten after thirty days.
ALTER TABLE api_request
  ADD CONSTRAINT api_request_hash_form CHECK (request_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT api_request_answer_whole CHECK ((status IS NULL) = (body IS NULL));
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'payment.return', 'practice.callback', 'audit.chain',
   'meter.contested', 'meter.test-end', 'lease.ended', 'meter.rollup', 'building.rollup',
   'import.apply', 'api.forget'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['api_key', 'api_key_building', 'api_request'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker '
      'USING (organization_id = current_setting(''voltlet.organization_id'')::uuid) '
      'WITH CHECK (organization_id = current_setting(''voltlet.organization_id'')::uuid)', owned);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON api_key, api_key_building, api_key_directory, api_request TO voltlet_web;
GRANT UPDATE (last_used_on, revoked_at, revoked_by) ON api_key TO voltlet_web;
GRANT UPDATE (body, status, taken_at) ON api_request TO voltlet_web;
GRANT SELECT ON api_key TO voltlet_worker;
GRANT SELECT, DELETE ON api_request TO voltlet_worker;
