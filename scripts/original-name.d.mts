export const PREPARING: 'preparing'
export function originalName(): string
