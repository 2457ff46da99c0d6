"""The commands of `geo`, one small file a group; the only printing, and all of it but answers on standard error."""
