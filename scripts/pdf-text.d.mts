export function hasPdfText(): boolean
export function findPdfText(): boolean
