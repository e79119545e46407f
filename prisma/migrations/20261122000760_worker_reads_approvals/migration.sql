-- The running audit asks whether an issued token was approved by a second person.
GRANT SELECT ON approval_request TO voltlet_worker;
