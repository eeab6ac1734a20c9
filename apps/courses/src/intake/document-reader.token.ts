/** Injection token of the `DocumentReader` that courses are read by. */
export const DOCUMENT_READER = Symbol('DOCUMENT_READER');
