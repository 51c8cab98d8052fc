"""The Messages screen: drafts and sends, the composer with its brief, the gate, and sending."""
