#!/usr/bin/env python3
"""Under 500 slow connections and 200 malformed messages at once every honest request is answered. How fast: slow_clients.py."""

import unittest

import slow_clients


class SlowClients(unittest.TestCase):
    def test_honest_clients_are_all_served(self):
        with slow_clients.served() as (server, honest):
            with slow_clients.Attack(server.port) as attack:
                times = honest.run(7)
            self.assertEqual(honest.wrong, [])
            self.assertGreater(len(times), 20)
            self.assertGreater(attack.held, 300, "the attack was none")
            self.assertGreater(attack.sent, 150, "the attack was none")
            self.assertIsNone(server.process.poll())


if __name__ == "__main__":
    unittest.main()
