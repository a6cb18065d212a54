export function originalName(): string
