"""What is done with the demo: it is loaded, and assists are simulated."""

from raquan.demo.commands.ground import FilesMissing, NotADemo, Progress
from raquan.demo.commands.loading import load_demo
from raquan.demo.commands.simulating import Sent, simulate_assists

__all__ = ["FilesMissing", "NotADemo", "Progress", "Sent", "load_demo", "simulate_assists"]
