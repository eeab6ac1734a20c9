// A secret in the clothes in which it may be met.
export const formsOf = (value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64'), Buffer.from(value).toString('base64url'), Buffer.from(value).toString('hex'), value.slice(0, 24)];
