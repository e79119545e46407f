-- A meter comes down: the installation ends, and stays as what it was.
GRANT UPDATE (ends_at) ON meter_installation TO voltlet_web;
