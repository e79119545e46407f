-- Codes and links to sign in by, people without an e-mail, sessions with limits and a place, and
-- wrong passwords that are counted.

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "phone" TEXT,
ADD COLUMN     "phone_verified" TIMESTAMPTZ(3),
ALTER COLUMN "email" DROP NOT NULL;

-- AlterTable
ALTER TABLE "password_credential" ADD COLUMN     "refused_until" TIMESTAMPTZ(3),
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "tries_since" TIMESTAMPTZ(3);

-- A session of before says neither where it was opened nor how long it may be idle: everybody signs
-- in once more.
DELETE FROM "session";

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "address" TEXT NOT NULL,
ADD COLUMN     "id" UUID NOT NULL,
ADD COLUMN     "kind" TEXT NOT NULL,
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "user_agent" TEXT NOT NULL,
ALTER COLUMN "created_at" DROP DEFAULT;

-- CreateTable
CREATE TABLE "sign_in_challenge" (
    "id" UUID NOT NULL,
    "contact_kind" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "link_hash" BYTEA NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_challenge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_phone_key" ON "app_user"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "session_id_key" ON "session"("id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_challenge_link_hash_key" ON "sign_in_challenge"("link_hash");

-- CreateIndex
CREATE INDEX "sign_in_challenge_contact_created_at_idx" ON "sign_in_challenge"("contact", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_challenge_created_at_idx" ON "sign_in_challenge"("created_at");

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE app_user
  ADD CONSTRAINT app_user_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
  ADD CONSTRAINT app_user_phone_form CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT app_user_phone_verified CHECK (phone IS NOT NULL OR phone_verified IS NULL);
ALTER TABLE password_credential
  ADD CONSTRAINT password_credential_tries CHECK (tries >= 0 AND (tries = 0) = (tries_since IS NULL));
ALTER TABLE session
  ADD CONSTRAINT session_kind_known CHECK (kind IN ('staff', 'resident')),
  ADD CONSTRAINT session_origin_short CHECK (length(address) <= 64 AND length(user_agent) <= 200);
ALTER TABLE sign_in_challenge
  ADD CONSTRAINT sign_in_challenge_contact_kind_known CHECK (contact_kind IN ('email', 'phone')),
  ADD CONSTRAINT sign_in_challenge_hash_length CHECK
    (length(code_hash) = 32 AND length(link_hash) = 32),
  ADD CONSTRAINT sign_in_challenge_few_attempts CHECK (attempts BETWEEN 0 AND 5),
  ADD CONSTRAINT sign_in_challenge_expires CHECK (expires_at > created_at);

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
-- Only the role that signs people in may know who asked for a code; old ones are deleted.
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_challenge TO voltlet_auth;
