"""What the office tells the public: releases, news, photos, the programme of the Day; and what others write of it."""
