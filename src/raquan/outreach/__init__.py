"""Communications made from data: slogans, the identity kit, artwork that an office approves, messages by channel."""
