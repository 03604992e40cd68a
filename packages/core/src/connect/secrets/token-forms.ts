/** Private keys as files have them, with their headers where they are encrypted; what stands around the secret is kept as `$1` and `$2`. */
export const PRIVATE_KEY = /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)(?:(?!-----)[\s\S]){1,20000}(-----END)/g;

/** Tokens that say by their form what they are. The one list of all places. */
export const TOKEN =
  /\b(?:eyJ[\w-]{8,4000}\.[\w-]{8,4000}\.[\w-]{4,4000}|gh[pousr]_[A-Za-z\d]{20,255}|xox[abepr]-[A-Za-z\d-]{10,255}|sk-(?:[a-z]{2,10}-)*[A-Za-z\d_-]{12,255}|glpat-[\w-]{20,64}|A(?:KI|SI)A[A-Z\d]{16}\b)/g;
