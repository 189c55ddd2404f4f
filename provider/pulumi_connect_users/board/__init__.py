"""The board of agents at work: in the terminal, as one HTML page, and as JSON."""

from .board import Agent, Board, Contact, Names, QueueLine, make_board

__all__ = ["Agent", "Board", "Contact", "Names", "QueueLine", "make_board"]
