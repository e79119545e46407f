-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_account" (
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,

    CONSTRAINT "sign_in_account_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "session" (
    "session_token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("session_token_hash")
);

-- CreateTable
CREATE TABLE "verification_token" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_token_pkey" PRIMARY KEY ("identifier","token")
);

-- CreateTable
CREATE TABLE "password_credential" (
    "user_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_credential_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "membership_directory" (
    "user_id" UUID NOT NULL,
    "belongs_to" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "slug" TEXT NOT NULL,

    CONSTRAINT "membership_directory_pkey" PRIMARY KEY ("user_id","belongs_to","kind")
);

-- CreateTable
CREATE TABLE "organization" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "tax_number" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "membership" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "lease_holder" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,

    CONSTRAINT "lease_holder_pkey" PRIMARY KEY ("organization_id","user_id","lease_id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "detail" JSONB NOT NULL,
    "personal_hash" BYTEA,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "audit_personal" (
    "organization_id" UUID NOT NULL,
    "audit_entry_id" UUID NOT NULL,
    "personal" JSONB NOT NULL,

    CONSTRAINT "audit_personal_pkey" PRIMARY KEY ("organization_id","audit_entry_id")
);

-- CreateTable
CREATE TABLE "ledger_transfer" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "debit_account" TEXT NOT NULL,
    "credit_account" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "correlation_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,
    "occupancy_id" UUID NOT NULL,

    CONSTRAINT "ledger_transfer_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "installation_mode" (
    "only_row" BOOLEAN NOT NULL DEFAULT true,
    "mode" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_mode_pkey" PRIMARY KEY ("only_row")
);

-- CreateTable
CREATE TABLE "outbox" (
    "organization_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("organization_id","subject_id")
);

-- CreateTable
CREATE TABLE "due_work" (
    "organization_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "due_work_pkey" PRIMARY KEY ("organization_id","subject_id")
);

-- CreateTable
CREATE TABLE "payment_endpoint" (
    "id" UUID NOT NULL,
    "belongs_to" UUID NOT NULL,
    "provider" TEXT NOT NULL,

    CONSTRAINT "payment_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_payment" (
    "provider" TEXT NOT NULL,
    "provider_reference" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "payment_id" UUID NOT NULL,

    CONSTRAINT "provider_payment_pkey" PRIMARY KEY ("provider","provider_reference")
);

-- CreateTable
CREATE TABLE "payment_attempt" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_attempt_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "payment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_reference" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "practice_checkout" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "payee" TEXT NOT NULL,
    "return_path" TEXT NOT NULL,
    "money_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_checkout_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "practice_meter" (
    "organization_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "decoder_key" BYTEA NOT NULL,
    "key_type" INTEGER NOT NULL,
    "key_expiry_number" INTEGER NOT NULL,
    "token_id_memory" INTEGER[],
    "remaining_wh" BIGINT NOT NULL,
    "load_watt" INTEGER NOT NULL,
    "is_load_on" BOOLEAN NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_meter_pkey" PRIMARY KEY ("organization_id","meter_id")
);

-- CreateTable
CREATE TABLE "practice_meter_entry" (
    "organization_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT NOT NULL,
    "added_wh" BIGINT NOT NULL,

    CONSTRAINT "practice_meter_entry_pkey" PRIMARY KEY ("organization_id","meter_id","sequence")
);

-- CreateTable
CREATE TABLE "building" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "tariff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "building_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "unit" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "building_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "floor" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "resident" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "lease" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "meter" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "meter_number" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "encryption_algorithm" INTEGER NOT NULL,
    "tariff_index" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meter_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "meter_installation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "meter_installation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "meter_directory" (
    "meter_number" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "meter_directory_pkey" PRIMARY KEY ("meter_number")
);

-- CreateTable
CREATE TABLE "vending_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "supply_group_code" CHAR(6) NOT NULL,
    "key_revision_number" INTEGER NOT NULL,
    "key_type" INTEGER NOT NULL,
    "key_expiry_number" INTEGER NOT NULL,
    "base_date_year" INTEGER NOT NULL,
    "derivation" INTEGER NOT NULL,
    "is_practice" BOOLEAN NOT NULL,
    "active_from" TIMESTAMPTZ(3) NOT NULL,
    "issue_until" TIMESTAMPTZ(3),

    CONSTRAINT "vending_key_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "sealed_vending_key" (
    "organization_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "nonce" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "sealed_vending_key_pkey" PRIMARY KEY ("organization_id","vending_key_id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "organization_id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "refusal" TEXT,
    "token_set_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "meter_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "token_id_minutes" INTEGER,
    "reservation" JSONB NOT NULL,
    "token_mac" BYTEA,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("organization_id","chain","sequence")
);

-- CreateTable
CREATE TABLE "tariff" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "tariff_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tariff_version" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tariff_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tariff_version_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "quote" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "tariff_version_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "energy_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "included_tax_minor" BIGINT NOT NULL,
    "unspent_minor" BIGINT NOT NULL,
    "energy_wh" BIGINT NOT NULL,
    "carried_before_wh" BIGINT NOT NULL,
    "carried_after_wh" BIGINT NOT NULL,
    "token_units" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quote_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "purchase" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "building_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "installation_id" UUID NOT NULL,
    "occupancy_id" UUID NOT NULL,
    "lease_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "quote_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3),
    "receipt_series" TEXT,
    "receipt_number" BIGINT,

    CONSTRAINT "purchase_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "purchase_event" (
    "organization_id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "from_status" TEXT,
    "to_status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "purchase_event_pkey" PRIMARY KEY ("organization_id","purchase_id","sequence")
);

-- CreateTable
CREATE TABLE "token_set" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_set_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "token_reservation" (
    "organization_id" UUID NOT NULL,
    "token_set_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "meter_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "meter_number" TEXT NOT NULL,
    "encryption_algorithm" INTEGER NOT NULL,
    "tariff_index" INTEGER NOT NULL,
    "subclass" INTEGER NOT NULL,
    "token_id_minutes" INTEGER NOT NULL,
    "random_nibble" INTEGER NOT NULL,
    "amount_units" INTEGER NOT NULL,

    CONSTRAINT "token_reservation_pkey" PRIMARY KEY ("organization_id","token_set_id","position")
);

-- CreateTable
CREATE TABLE "meter_token" (
    "organization_id" UUID NOT NULL,
    "token_set_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "digits" CHAR(20) NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meter_token_pkey" PRIMARY KEY ("organization_id","token_set_id","position")
);

-- CreateTable
CREATE TABLE "meter_key_position" (
    "organization_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "last_token_id_minutes" INTEGER NOT NULL,

    CONSTRAINT "meter_key_position_pkey" PRIMARY KEY ("organization_id","meter_id","vending_key_id")
);

-- CreateTable
CREATE TABLE "wallet" (
    "organization_id" UUID NOT NULL,
    "occupancy_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "balance_minor" BIGINT NOT NULL DEFAULT 0,
    "carried_wh" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "wallet_pkey" PRIMARY KEY ("organization_id","occupancy_id")
);

-- CreateTable
CREATE TABLE "receipt_series" (
    "organization_id" UUID NOT NULL,
    "series" TEXT NOT NULL,
    "last_number" BIGINT NOT NULL,

    CONSTRAINT "receipt_series_pkey" PRIMARY KEY ("organization_id","series")
);

-- CreateTable
CREATE TABLE "purchase_directory" (
    "secret_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,

    CONSTRAINT "purchase_directory_pkey" PRIMARY KEY ("secret_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_directory_user_id_kind_slug_key" ON "membership_directory"("user_id", "kind", "slug");

-- CreateIndex
CREATE INDEX "audit_entry_organization_id_at_idx" ON "audit_entry"("organization_id", "at");

-- CreateIndex
CREATE INDEX "ledger_transfer_organization_id_correlation_id_idx" ON "ledger_transfer"("organization_id", "correlation_id");

-- CreateIndex
CREATE INDEX "ledger_transfer_organization_id_building_id_at_idx" ON "ledger_transfer"("organization_id", "building_id", "at");

-- CreateIndex
CREATE INDEX "outbox_due_at_idx" ON "outbox"("due_at");

-- CreateIndex
CREATE INDEX "due_work_due_at_idx" ON "due_work"("due_at");

-- CreateIndex
CREATE INDEX "payment_attempt_organization_id_purchase_id_idx" ON "payment_attempt"("organization_id", "purchase_id");

-- CreateIndex
CREATE INDEX "payment_organization_id_purchase_id_idx" ON "payment"("organization_id", "purchase_id");

-- CreateIndex
CREATE UNIQUE INDEX "practice_checkout_organization_id_attempt_id_key" ON "practice_checkout"("organization_id", "attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "unit_organization_id_building_id_label_key" ON "unit"("organization_id", "building_id", "label");

-- CreateIndex
CREATE UNIQUE INDEX "meter_organization_id_meter_number_key" ON "meter"("organization_id", "meter_number");

-- CreateIndex
CREATE UNIQUE INDEX "vending_key_organization_id_supply_group_code_key_revision__key" ON "vending_key"("organization_id", "supply_group_code", "key_revision_number", "key_type");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_organization_id_token_set_id_position_key" ON "journal_entry"("organization_id", "token_set_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entry_organization_id_meter_id_vending_key_id_token_key" ON "journal_entry"("organization_id", "meter_id", "vending_key_id", "token_id_minutes");

-- CreateIndex
CREATE UNIQUE INDEX "tariff_version_organization_id_tariff_id_starts_at_key" ON "tariff_version"("organization_id", "tariff_id", "starts_at");

-- CreateIndex
CREATE INDEX "quote_organization_id_purchase_id_idx" ON "quote"("organization_id", "purchase_id");

-- CreateIndex
CREATE INDEX "purchase_organization_id_unit_id_created_at_idx" ON "purchase"("organization_id", "unit_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "purchase_organization_id_building_id_created_at_idx" ON "purchase"("organization_id", "building_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "purchase_organization_id_scope_request_key_key" ON "purchase"("organization_id", "scope", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "purchase_organization_id_receipt_series_receipt_number_key" ON "purchase"("organization_id", "receipt_series", "receipt_number");

-- CreateIndex
CREATE UNIQUE INDEX "token_set_organization_id_purchase_id_key" ON "token_set"("organization_id", "purchase_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_reservation_organization_id_meter_id_vending_key_id_t_key" ON "token_reservation"("organization_id", "meter_id", "vending_key_id", "token_id_minutes");

-- AddForeignKey
ALTER TABLE "sign_in_account" ADD CONSTRAINT "sign_in_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_credential" ADD CONSTRAINT "password_credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease_holder" ADD CONSTRAINT "lease_holder_organization_id_lease_id_fkey" FOREIGN KEY ("organization_id", "lease_id") REFERENCES "lease"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_personal" ADD CONSTRAINT "audit_personal_organization_id_audit_entry_id_fkey" FOREIGN KEY ("organization_id", "audit_entry_id") REFERENCES "audit_entry"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_organization_id_attempt_id_fkey" FOREIGN KEY ("organization_id", "attempt_id") REFERENCES "payment_attempt"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "practice_meter" ADD CONSTRAINT "practice_meter_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "practice_meter_entry" ADD CONSTRAINT "practice_meter_entry_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "practice_meter"("organization_id", "meter_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "building" ADD CONSTRAINT "building_organization_id_tariff_id_fkey" FOREIGN KEY ("organization_id", "tariff_id") REFERENCES "tariff"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_organization_id_resident_id_fkey" FOREIGN KEY ("organization_id", "resident_id") REFERENCES "resident"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter" ADD CONSTRAINT "meter_organization_id_vending_key_id_fkey" FOREIGN KEY ("organization_id", "vending_key_id") REFERENCES "vending_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_installation" ADD CONSTRAINT "meter_installation_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_installation" ADD CONSTRAINT "meter_installation_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sealed_vending_key" ADD CONSTRAINT "sealed_vending_key_organization_id_vending_key_id_fkey" FOREIGN KEY ("organization_id", "vending_key_id") REFERENCES "vending_key"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tariff_version" ADD CONSTRAINT "tariff_version_organization_id_tariff_id_fkey" FOREIGN KEY ("organization_id", "tariff_id") REFERENCES "tariff"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "quote" ADD CONSTRAINT "quote_organization_id_tariff_version_id_fkey" FOREIGN KEY ("organization_id", "tariff_version_id") REFERENCES "tariff_version"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_installation_id_fkey" FOREIGN KEY ("organization_id", "installation_id") REFERENCES "meter_installation"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_occupancy_id_fkey" FOREIGN KEY ("organization_id", "occupancy_id") REFERENCES "occupancy"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_lease_id_fkey" FOREIGN KEY ("organization_id", "lease_id") REFERENCES "lease"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase_event" ADD CONSTRAINT "purchase_event_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_set" ADD CONSTRAINT "token_set_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_reservation" ADD CONSTRAINT "token_reservation_organization_id_token_set_id_fkey" FOREIGN KEY ("organization_id", "token_set_id") REFERENCES "token_set"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_token" ADD CONSTRAINT "meter_token_organization_id_token_set_id_position_fkey" FOREIGN KEY ("organization_id", "token_set_id", "position") REFERENCES "token_reservation"("organization_id", "token_set_id", "position") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_key_position" ADD CONSTRAINT "meter_key_position_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "wallet" ADD CONSTRAINT "wallet_organization_id_occupancy_id_fkey" FOREIGN KEY ("organization_id", "occupancy_id") REFERENCES "occupancy"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


