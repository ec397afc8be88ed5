/** Two halves of a tally that fit. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M7 7h18v5.4l-3.4 2.8H7z" fill="#e9c46a" />
      <path d="M25 25H7v-5.4l3.4-2.8H25z" fill="#f4efe4" />
    </svg>
  );
}
