-- Which purchases were opened through the API, by whose account, and under which references.

-- CreateTable
CREATE TABLE "api_sale" (
    "organization_id" UUID NOT NULL,
    "purchase_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "bought_by" UUID,
    "client_reference" TEXT,
    "payment_reference" TEXT,

    CONSTRAINT "api_sale_pkey" PRIMARY KEY ("organization_id","purchase_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_sale_organization_id_account_id_client_reference_key" ON "api_sale"("organization_id", "account_id", "client_reference");

-- CreateIndex
CREATE UNIQUE INDEX "api_sale_organization_id_account_id_payment_reference_key" ON "api_sale"("organization_id", "account_id", "payment_reference");

-- AddForeignKey
ALTER TABLE "api_sale" ADD CONSTRAINT "api_sale_organization_id_purchase_id_fkey" FOREIGN KEY ("organization_id", "purchase_id") REFERENCES "purchase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE api_sale
  ADD CONSTRAINT api_sale_bought_whole CHECK (
    (bought_by IS NULL) = (client_reference IS NULL)
    AND (bought_by IS NULL) = (payment_reference IS NULL));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
ALTER TABLE api_sale ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_sale FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON api_sale TO voltlet_web, voltlet_worker
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT, INSERT ON api_sale TO voltlet_web;
GRANT UPDATE (bought_by, client_reference, payment_reference) ON api_sale TO voltlet_web;
GRANT SELECT ON api_sale TO voltlet_worker;
