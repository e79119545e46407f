-- Whether the address in force went to the invited e-mail and to nobody else: who then opens it has
-- proved that the e-mail is theirs.

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "is_mailed" BOOLEAN NOT NULL DEFAULT false;

GRANT UPDATE (is_mailed) ON invitation TO voltlet_web;
