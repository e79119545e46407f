-- The first administrator's one-time link: stored hashed, one at a time, for an hour.
CREATE TABLE "setup_link" (
    "only_row" BOOLEAN NOT NULL DEFAULT true,
    "secret_hash" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("only_row")
);

ALTER TABLE setup_link
  ADD CONSTRAINT setup_link_is_one_row CHECK (only_row),
  ADD CONSTRAINT setup_link_hash_form CHECK (secret_hash ~ '^[0-9a-f]{64}$');

-- Only the role that signs people in may know of it: who opens the link becomes a person.
GRANT SELECT, INSERT, UPDATE ON setup_link TO voltlet_auth;
